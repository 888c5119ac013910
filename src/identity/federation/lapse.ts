import { changeIdentity, type IdentityContext } from '../context.ts';
import { deleteLapsedMembers, hasLapsedMembers } from './users-store.ts';

/**
 * Who does not come by their provider any more may have been dismissed there: nobody would say.
 * Their groups hold as long as tokens of their last login do; so credentials that they made give
 * nothing from then on, until the next login.
 */
export async function endLapsedMemberships(context: IdentityContext): Promise<void> {
  const nowMs = context.clock.nowMs();
  if (!(await hasLapsedMembers(context.database.queries, nowMs))) return;
  await changeIdentity(context, (tx) => deleteLapsedMembers(tx, nowMs));
}
