import type { Allowed } from '#policy/engine.ts';
import { deleteAssignmentsOfActors } from '../assignments/store.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import type { Group } from './group.ts';
import { deleteGroupRow } from './store.ts';

/** Its members lose at once what they had through it. */
export function deleteGroup(context: IdentityContext, group: Allowed<Group>): Promise<void> {
  return changeIdentity(context, async (tx) => {
    await deleteAssignmentsOfActors(tx, [group.id]);
    await deleteGroupRow(tx, group.id);
  });
}
