import type { Actor } from '#policy/actor.ts';
import { actorByKeyAuditId, isKeyAuditId } from '../access-keys/actor-of-key.ts';
import type { IdentityContext } from '../context.ts';
import {
  actorByTemporaryAuditId,
  isTemporaryAuditId,
} from '../temporary-keys/actor-of-temporary-key.ts';
import { actorOf } from './actor-of.ts';
import { loadToken } from './load.ts';
import { findTokenHash } from './store.ts';
import { hashToken } from './token.ts';

/** Who holds the token; undefined when it is not valid (any more). */
export async function authenticate(
  context: IdentityContext,
  token: string,
): Promise<Actor | undefined> {
  const hash = hashToken(token);
  const nowMs = context.clock.nowMs();
  const known = context.actors.find(hash, nowMs);
  if (known) return known;
  const { generation } = context.actors;
  const loaded = await loadToken(context.database.queries, hash, nowMs);
  if (!loaded) return undefined;
  const actor = actorOf(context.clock, loaded);
  context.actors.remember(hash, actor, loaded.expiresMs, generation);
  return actor;
}

/** The holder of the token or key with this audit id; undefined when it is not valid any more. */
export async function actorByAuditId(
  context: IdentityContext,
  userId: string,
  auditId: string,
): Promise<Actor | undefined> {
  if (isKeyAuditId(auditId)) return actorByKeyAuditId(context, userId, auditId);
  if (isTemporaryAuditId(auditId)) return actorByTemporaryAuditId(context, userId, auditId);
  const db = context.database.queries;
  const hash = await findTokenHash(db, userId, auditId);
  const loaded = hash && (await loadToken(db, hash, context.clock.nowMs()));
  return loaded ? actorOf(context.clock, loaded) : undefined;
}
