import type { Allowed } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import type { Project } from '../projects/project.ts';
import { findDomainByName, replaceProject } from '../projects/store.ts';
import { changedProject, type ProjectChange } from '../projects/update.ts';
import { recordRevocation } from '../revocations/record.ts';
import { deleteTokensOfDomain } from '../tokens/store.ts';
import { requireDomain } from './require.ts';

/** Disabling a domain ends the tokens of its users and projects. Throws Conflict. */
export async function updateDomain(
  context: IdentityContext,
  target: Allowed<Project>,
  change: ProjectChange,
): Promise<Project> {
  return changeIdentity(context, async (tx) => {
    const before = await requireDomain(tx, target.id);
    const domain = changedProject(before, change, 'domain');
    if (domain.name !== before.name && (await findDomainByName(tx, domain.name))) {
      throw identityErrors.nameTaken({ noun: 'domain', name: domain.name, domainId: null });
    }
    await replaceProject(tx, domain);
    if (!domain.isEnabled) {
      await deleteTokensOfDomain(tx, domain.id);
      if (before.isEnabled) await recordRevocation(context, tx, { domainId: domain.id });
    }
    return domain;
  });
}
