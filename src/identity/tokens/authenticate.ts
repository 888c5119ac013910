import type { Actor } from '#policy/actor.ts';
import type { IdentityContext } from '../context.ts';
import { loadToken } from './load.ts';
import { hashToken, type Token } from './token.ts';

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
  const actor = actorOf(loaded);
  context.actors.remember(hash, actor, loaded.expiresMs, generation);
  return actor;
}

function actorOf(token: Token): Actor {
  return Object.freeze({
    userId: token.user.id,
    userName: token.user.name,
    userDomainId: token.user.domainId,
    projectId: token.project?.id ?? null,
    projectName: token.project?.name ?? null,
    projectDomainId: token.project?.domainId ?? null,
    domainId: token.domain?.id ?? null,
    roles: Object.freeze(token.roles.map((role) => role.name.toLowerCase())),
    auditId: token.auditIds[0] ?? '',
  });
}
