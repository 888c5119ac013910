import type { Allowed } from '#policy/engine.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { type JsonObject, mergeMembers } from '../extras.ts';
import type { Group } from './group.ts';
import { findGroup, findGroupByName, replaceGroup } from './store.ts';

/** Absent members stay as they are. */
export interface GroupChange {
  name?: string | undefined;
  description?: string | undefined;
  extra: JsonObject;
}

/** Throws Conflict when the name is taken in the domain. */
export async function updateGroup(
  context: IdentityContext,
  target: Allowed<Group>,
  change: GroupChange,
): Promise<Group> {
  return changeIdentity(context, async (tx) => {
    const before = await findGroup(tx, target.id);
    if (!before) throw identityErrors.groupNotFound({ id: target.id });
    const group: Group = {
      ...before,
      name: change.name ?? before.name,
      description: change.description ?? before.description,
      extra: mergeMembers(before.extra, change.extra),
    };
    if (group.name !== before.name && (await findGroupByName(tx, group.domainId, group.name))) {
      throw identityErrors.nameTaken({ noun: 'group', ...group });
    }
    await replaceGroup(tx, group);
    return group;
  });
}
