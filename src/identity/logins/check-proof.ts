import type { IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { findNamedUser, type NamedUser } from '../tokens/named-user.ts';
import { isAway } from '../users/activity.ts';
import type { User } from '../users/user.ts';
import { countFailure, failureSubject, isLocked } from './lockout.ts';
import { findFailures } from './store.ts';

/** Who says to be whom, and where that came from. */
export interface Claim {
  user: NamedUser;
  /** Of the peer; null inside the house. */
  address: string | null;
}

/**
 * The user of whom the proof holds. Unknown, disabled and locked users, and wrong proofs, cost the
 * same work (one proof, one count) and are refused alike. Failures stay counted: only who has
 * brought every factor that is asked of them may have them forgotten.
 * @param holds is asked once, also where there is no such user
 * @throws AuthenticationFailed (401), LoginsLimited (429)
 */
export async function checkProof(
  context: IdentityContext,
  claim: Claim,
  holds: (user: User | undefined) => Promise<boolean>,
): Promise<User> {
  const name = nameOf(claim.user);
  context.throttle.require(name, claim.address);
  const { queries } = context.database;
  const user = await findNamedUser(queries, claim.user);
  const subject = failureSubject(user, name);
  const isProven = await holds(user);
  // Read only now: others may have failed meanwhile.
  const failures = await findFailures(queries, subject);
  const nowMs = context.clock.nowMs();
  const mayEnter =
    user?.isEnabled === true &&
    !isAway(context.security, user, nowMs) &&
    !isLocked(context.security, user, failures, nowMs);
  if (!isProven || !user || !mayEnter) {
    context.throttle.failed(name, claim.address);
    await countFailure(context, user, subject);
    throw Object.assign(identityErrors.loginRefused(), { aboutUserId: user?.id });
  }
  return user;
}

/** The same text for the same user, named the same way. */
function nameOf({ id, name, domain }: NamedUser): string {
  return JSON.stringify([id ?? null, name ?? null, domain?.id ?? null, domain?.name ?? null]);
}
