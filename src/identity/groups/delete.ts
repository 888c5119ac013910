import type { Allowed } from '#policy/engine.ts';
import { dropUnsupportedCredentials } from '../application-credentials/drop-unsupported.ts';
import { deleteAssignmentsOfActors } from '../assignments/store.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import type { Group } from './group.ts';
import { deleteGroupRow, listMemberIds } from './store.ts';

/** Its members lose at once what they had through it. */
export function deleteGroup(context: IdentityContext, group: Allowed<Group>): Promise<void> {
  return changeIdentity(context, async (tx) => {
    const userIds = (await listMemberIds(tx, [group.id])).get(group.id) ?? [];
    await deleteAssignmentsOfActors(tx, [group.id]);
    await deleteGroupRow(tx, group.id);
    await dropUnsupportedCredentials(tx, { userIds });
  });
}
