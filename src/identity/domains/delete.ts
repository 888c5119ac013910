import type { Queries } from '#db/database.ts';
import type { Allowed } from '#policy/engine.ts';
import { deleteAssignmentsOfActors } from '../assignments/store.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { isImmutable } from '../extras.ts';
import { deleteGroupsOfDomain, listGroupIdsOfDomain } from '../groups/store.ts';
import { defaultDomainId, type Project } from '../projects/project.ts';
import { deleteProjectRow, deleteProjectsOfDomain } from '../projects/store.ts';
import { deleteRolesOfDomain } from '../roles/store.ts';
import { deleteUsersOfDomain, listUserIdsOfDomain } from '../users/store.ts';
import { requireDomain } from './require.ts';

/** Everything in the domain goes too. Throws DomainEnabled, DomainBuiltIn, ResourceImmutable. */
export function deleteDomain(context: IdentityContext, target: Allowed<Project>): Promise<void> {
  return changeIdentity(context, async (tx) => {
    const domain = await requireDomain(tx, target.id);
    if (domain.id === defaultDomainId) throw identityErrors.domainBuiltIn();
    if (isImmutable(domain)) throw identityErrors.immutable({ noun: 'domain', id: domain.id });
    if (domain.isEnabled) throw identityErrors.domainEnabled();
    await deleteContent(tx, domain.id);
    await deleteProjectRow(tx, domain.id);
  });
}

async function deleteContent(tx: Queries, domainId: string): Promise<void> {
  await deleteAssignmentsOfActors(tx, await listUserIdsOfDomain(tx, domainId));
  await deleteAssignmentsOfActors(tx, await listGroupIdsOfDomain(tx, domainId));
  await deleteGroupsOfDomain(tx, domainId);
  await deleteUsersOfDomain(tx, domainId);
  await deleteProjectsOfDomain(tx, domainId);
  await deleteRolesOfDomain(tx, domainId);
}
