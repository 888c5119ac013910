import { type Actor, boundDomain, reachesDomain } from '#policy/actor.ts';
import type { IdentityContext } from '../context.ts';
import { findUser } from './store.ts';

/**
 * What belongs to a user, if the actor may know of that user: oneself, or somebody within reach.
 * Whether it may be seen is asked afterwards.
 */
export async function ofReachable<T extends { userId: string }>(
  context: Pick<IdentityContext, 'database'>,
  actor: Actor,
  owned: T | undefined,
): Promise<T | undefined> {
  if (!owned || owned.userId === actor.userId || boundDomain(actor) === null) return owned;
  const owner = await findUser(context.database.queries, owned.userId);
  return owner && reachesDomain(actor, owner.domainId) ? owned : undefined;
}
