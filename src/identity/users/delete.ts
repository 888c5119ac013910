import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import { deleteAssignmentsOfActors } from '../assignments/store.ts';
import { changeIdentity, type IdentityContext } from '../context.ts';
import { deleteFailures } from '../logins/store.ts';
import { checkMayActAs } from '../policies/may-act-as.ts';
import { recordRevocation } from '../revocations/record.ts';
import { deleteUserRow } from './store.ts';
import type { User } from './user.ts';

/** Tokens, roles and memberships go too. Refused for a user who may do more than the actor. */
export function deleteUser(
  context: IdentityContext,
  actor: Actor,
  user: Allowed<User>,
): Promise<void> {
  return changeIdentity(context, async (tx) => {
    await checkMayActAs(tx, actor, user.id, context.rules());
    await deleteAssignmentsOfActors(tx, [user.id]);
    await deleteFailures(tx, user.id);
    await deleteUserRow(tx, user.id);
    await recordRevocation(context, tx, { userId: user.id });
  });
}
