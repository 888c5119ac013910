import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import type { Project } from '../projects/project.ts';
import { findDomainByName, insertProject } from '../projects/store.ts';

export type NewDomain = Omit<Project, 'id' | 'domainId' | 'parentId' | 'isDomain'>;

/** Throws Conflict when the name is taken. */
export async function createDomain(
  context: IdentityContext,
  request: NewDomain,
  id: string = context.ids.hex(),
): Promise<Project> {
  const domain: Project = { ...request, id, domainId: null, parentId: null, isDomain: true };
  await changeIdentity(context, async (tx) => {
    if (await findDomainByName(tx, domain.name)) {
      throw identityErrors.nameTaken({ noun: 'domain', name: domain.name, domainId: null });
    }
    await insertProject(tx, domain);
  });
  return domain;
}
