import { changeIdentity, type IdentityContext } from '../context.ts';
import { requireDomain } from '../domains/require.ts';
import { identityErrors } from '../errors.ts';
import type { Group } from './group.ts';
import { findGroupByName, insertGroup } from './store.ts';

/** Throws DomainNotFound, or Conflict when the name is taken in the domain. */
export async function createGroup(
  context: IdentityContext,
  request: Omit<Group, 'id'>,
): Promise<Group> {
  const group: Group = { ...request, id: context.ids.hex() };
  await changeIdentity(context, async (tx) => {
    await requireDomain(tx, group.domainId);
    if (await findGroupByName(tx, group.domainId, group.name)) {
      throw identityErrors.nameTaken({ noun: 'group', ...group });
    }
    await insertGroup(tx, group);
  });
  return group;
}
