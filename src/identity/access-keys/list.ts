import { type Actor, reachesDomain } from '#policy/actor.ts';
import type { IdentityContext } from '../context.ts';
import { findUser } from '../users/store.ts';
import type { AccessKey } from './access-key.ts';
import { requireKeysOf } from './owner.ts';
import { listAccessKeyRows } from './store.ts';

/** A user's keys, of which there are few. Oldest first. Who is beyond reach has none. */
export async function listAccessKeys(
  context: IdentityContext,
  actor: Actor,
  userId: string,
): Promise<AccessKey[]> {
  requireKeysOf(actor, userId, 'identity:accessKeys:list');
  const { queries } = context.database;
  const user = userId === actor.userId ? undefined : await findUser(queries, userId);
  if (user && !reachesDomain(actor, user.domainId)) return [];
  return listAccessKeyRows(queries, userId);
}
