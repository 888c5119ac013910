import type { Queries } from '#db/database.ts';
import type { Actor } from '#policy/actor.ts';
import type { IdentityContext } from '../context.ts';
import { actorOf } from '../tokens/actor-of.ts';
import { completeToken } from '../tokens/load.ts';
import type { StoredToken, Token } from '../tokens/token.ts';
import { findUser } from '../users/store.ts';
import { findSigner, type Signer } from './signers.ts';

/** Where a signed request is to count; both null: wherever its user is at home. */
export interface KeyScope {
  projectId: string | null;
  domainId: string | null;
}

/**
 * What a signature stands for: the user of its key with the roles that they hold in the scope, as a
 * token for it would. @returns undefined where a token would be refused.
 */
export async function actorOfKey(
  context: IdentityContext,
  signer: Signer,
  scope: KeyScope,
): Promise<Actor | undefined> {
  const { actors } = context.signerCache;
  const auditId = auditIdOf(signer.access, scope);
  const nowMs = context.clock.nowMs();
  const known = actors.find(auditId, nowMs);
  if (known) return known;
  const { generation } = actors;
  const token = await tokenOfKey(context, signer, scope, auditId, nowMs);
  if (!token) return undefined;
  const actor = actorOf(context.clock, token);
  actors.remember(auditId, actor, token.expiresMs, generation);
  return actor;
}

/** What a token for it would be now. @returns undefined where one would be refused. */
export function tokenOfKey(
  context: IdentityContext,
  signer: Signer,
  scope: KeyScope,
  auditId: string,
  nowMs: number,
): Promise<Token | undefined> {
  const { queries } = context.database;
  return tokenInScope(queries, unscopedToken(signer.userId, auditId, nowMs), scope, nowMs);
}

/**
 * The token in another scope. IAM's own calls are made for an account, and Huawei's clients always
 * name it: who has no role in their own is at least somebody there.
 */
export async function tokenInScope(
  db: Queries,
  token: StoredToken,
  scope: KeyScope,
  nowMs: number,
): Promise<Token | undefined> {
  const unscoped = { ...token, projectId: null, domainId: null, isSystem: false };
  const homeId = (await findUser(db, token.userId))?.domainId;
  const isHome = scope.projectId === null && (scope.domainId ?? homeId) === homeId;
  if (!isHome) return completeToken(db, { ...unscoped, ...scope }, nowMs);
  const atHome = homeId && (await completeToken(db, { ...unscoped, domainId: homeId }, nowMs));
  return atHome || completeToken(db, unscoped, nowMs);
}

/** As if a token had been asked for; none is kept. */
function unscopedToken(userId: string, auditId: string, nowMs: number): StoredToken {
  return {
    hash: '',
    userId,
    projectId: null,
    domainId: null,
    isSystem: false,
    methods: ['access_key'],
    auditIds: [auditId],
    issuedMs: nowMs,
    expiresMs: Number.POSITIVE_INFINITY,
    applicationCredentialId: null,
    trustId: null,
    ec2CredentialId: null,
  };
}

const mark = 'ak';

/** No token's audit id has a colon. Fits where those fit: 64 characters. */
function auditIdOf(access: string, { projectId, domainId }: KeyScope): string {
  return [mark, access, projectId ?? '', domainId ?? ''].join(':');
}

/** Whoever signed by the key that an audit id names; undefined when it is no longer good. */
export async function actorByKeyAuditId(
  context: IdentityContext,
  userId: string,
  auditId: string,
): Promise<Actor | undefined> {
  const [, access = '', projectId, domainId] = auditId.split(':');
  const signer = await findSigner(context, access);
  if (signer?.userId !== userId) return undefined;
  return actorOfKey(context, signer, {
    projectId: projectId || null,
    domainId: domainId || null,
  });
}

export function isKeyAuditId(auditId: string): boolean {
  return auditId.startsWith(`${mark}:`);
}
