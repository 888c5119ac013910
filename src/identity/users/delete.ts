import type { Allowed } from '#policy/engine.ts';
import { deleteAssignmentsOfActors } from '../assignments/store.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { deleteUserRow } from './store.ts';
import type { User } from './user.ts';

/** The user's tokens, roles and memberships go too. */
export function deleteUser(context: IdentityContext, user: Allowed<User>): Promise<void> {
  return changeIdentity(context, async (tx) => {
    await deleteAssignmentsOfActors(tx, [user.id]);
    await deleteUserRow(tx, user.id);
  });
}
