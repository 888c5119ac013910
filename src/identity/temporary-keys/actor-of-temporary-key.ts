import { hash } from 'node:crypto';
import type { Actor } from '#policy/actor.ts';
import { compilePolicy } from '#policy/compile.ts';
import type { Delegation } from '#policy/delegation.ts';
import type { PolicyDocument } from '#policy/document.ts';
import { type KeyScope, tokenInScope, tokenOfKey } from '../access-keys/actor-of-key.ts';
import { findSigner } from '../access-keys/signers.ts';
import type { IdentityContext } from '../context.ts';
import { actorOf } from '../tokens/actor-of.ts';
import { completeToken } from '../tokens/load.ts';
import { findStoredToken } from '../tokens/store.ts';
import type { Token } from '../tokens/token.ts';
import type { TemporaryKey } from './temporary-key.ts';

/**
 * What a temporary key stands for in a scope, now: what its parent would, were it asked for that
 * scope, less what the key's policy takes away. A scope that names nothing is the parent's.
 * @returns undefined where the parent is no longer good, or would be refused there
 */
export async function actorOfTemporaryKey(
  context: IdentityContext,
  key: TemporaryKey,
  scope: KeyScope,
): Promise<Actor | undefined> {
  const nowMs = context.clock.nowMs();
  if (key.expiresMs <= nowMs) return undefined;
  const { actors } = context.signerCache;
  const auditId = [mark, key.access, scope.projectId ?? '', scope.domainId ?? ''].join(':');
  const known = actors.find(auditId, nowMs);
  if (known) return known;
  const { generation } = actors;
  const token = await tokenOfParent(context, key, scope, nowMs);
  if (token?.user.id !== key.userId) return undefined;
  const actor = lessened(actorOf(context.clock, { ...token, auditIds: [auditId] }), key.policy);
  actors.remember(auditId, actor, Math.min(key.expiresMs, token.expiresMs), generation);
  return actor;
}

async function tokenOfParent(
  context: IdentityContext,
  { parent }: TemporaryKey,
  scope: KeyScope,
  nowMs: number,
): Promise<Token | undefined> {
  const isNamed = scope.projectId !== null || scope.domainId !== null;
  if (parent.kind === 'access-key') {
    const signer = await findSigner(context, parent.access);
    return signer && tokenOfKey(context, signer, isNamed ? scope : parent, '', nowMs);
  }
  const { queries } = context.database;
  const stored = await findStoredToken(queries, parent.hash);
  const token = stored && (await completeToken(queries, stored, nowMs));
  if (!token || !isNamed) return token;
  if (stored.projectId === scope.projectId && stored.domainId === scope.domainId) return token;
  // What was delegated was so in one scope; any other token could be changed for one of another.
  if (token.applicationCredential ?? token.trust ?? token.ec2CredentialId) return undefined;
  return tokenInScope(queries, stored, scope, nowMs);
}

/** Nothing lasting is made by such a key; by one with a policy nobody is an administrator. */
function lessened(actor: Actor, policy: PolicyDocument | null): Actor {
  const lesser = { ...actor, delegation: delegationOf(actor) };
  if (!policy) return Object.freeze(lesser);
  const id = hash('sha256', JSON.stringify(policy), 'base64url');
  // Wildcards that take nothing away from an administrator must not take anything away here.
  const limit = compilePolicy({ id, name: 'policy', document: policy, isUnbounded: true });
  const roles = Object.freeze(actor.roles.filter((name) => name !== 'admin'));
  return Object.freeze({ ...lesser, roles, rights: actor.rights.within(limit) });
}

function delegationOf({ delegation }: Actor): Delegation {
  if (delegation?.kind !== 'application-credential') return delegation ?? { kind: 'temporary-key' };
  return { ...delegation, isUnrestricted: false };
}

const mark = 'tk';

export function isTemporaryAuditId(auditId: string): boolean {
  return auditId.startsWith(`${mark}:`);
}

/**
 * Whoever signed by the temporary key that an audit id names. Only who has shown it lately, and to
 * this process, is known; undefined for others, and when it is no longer good.
 */
export async function actorByTemporaryAuditId(
  context: IdentityContext,
  userId: string,
  auditId: string,
): Promise<Actor | undefined> {
  const [, access = '', projectId, domainId] = auditId.split(':');
  const { presented } = context.signerCache;
  const key = presented.find(access, context.clock.nowMs())?.key;
  if (key?.userId !== userId) return undefined;
  return actorOfTemporaryKey(context, key, {
    projectId: projectId || null,
    domainId: domainId || null,
  });
}
