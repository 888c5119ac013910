import type { Queries } from '#db/database.ts';
import { type Actor, isAdmin } from '#policy/actor.ts';
import type { ApiRules } from '#policy/api-rules.ts';
import { listGroupIdsOfUser } from '../groups/store.ts';
import { checkMayGiveAllOf } from './may-give.ts';

/**
 * Whoever sets another's password or keys can come in as them. So that is for those who might give
 * away all that the other one has, wherever it was granted. Throws the refusal that names the first
 * action which the actor has not.
 */
export async function checkMayActAs(
  db: Queries,
  actor: Actor,
  userId: string,
  rules: ApiRules,
): Promise<void> {
  if (isAdmin(actor) || actor.userId === userId) return;
  const actorIds = [userId, ...(await listGroupIdsOfUser(db, userId))];
  await checkMayGiveAllOf(db, actor, actorIds, rules);
}
