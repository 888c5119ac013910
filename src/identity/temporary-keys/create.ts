import { limits } from '#base/limits.ts';
import type { Actor } from '#policy/actor.ts';
import { readDocument } from '#policy/check-document.ts';
import { delegationErrors } from '#policy/delegation.ts';
import type { PolicyDocument } from '#policy/document.ts';
import { documentErrors } from '#policy/document-errors.ts';
import { newKeyPair } from '../access-keys/access-key.ts';
import { isKeyAuditId } from '../access-keys/actor-of-key.ts';
import type { IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { loadToken } from '../tokens/load.ts';
import { hashToken } from '../tokens/token.ts';
import { isTemporaryAuditId } from './actor-of-temporary-key.ts';
import { type Parent, sealTemporaryKey, type TemporaryKey } from './temporary-key.ts';

export interface TemporaryKeyRequest {
  /** The token by which the actor asks; undefined where they signed. */
  token: string | undefined;
  seconds: number;
  /** A document of version 1.1 as it was written; undefined where none was. */
  policy: unknown;
}

/**
 * Takes a temporary key from the token or permanent key by which the actor asks. Nobody gets more
 * by it: it ends with its parent, and a delegation stays one. Throws AuthenticationFailed,
 * ForbiddenAction where a temporary key asks, and IAM.1020 to IAM.1059 for the policy.
 */
export async function createTemporaryKey(
  context: IdentityContext,
  actor: Actor,
  { token, seconds, policy }: TemporaryKeyRequest,
): Promise<{ key: TemporaryKey; securityToken: string }> {
  if (isTemporaryAuditId(actor.auditId)) {
    throw delegationErrors.delegated({ what: 'temporary access keys' });
  }
  const limit = policy === undefined ? null : readLimit(context, policy);
  const latestMs = context.clock.nowMs() + seconds * 1000;
  const { parent, endsMs } = await parentOf(context, actor, token);
  const key: TemporaryKey = {
    ...newKeyPair(context.ids),
    userId: actor.userId,
    parent,
    policy: limit,
    expiresMs: Math.min(latestMs, endsMs),
  };
  const securityToken = sealTemporaryKey(context, key);
  if (securityToken.length > limits.securityTokenCharacters) {
    throw documentErrors.policyLong({ length: Buffer.byteLength(JSON.stringify(limit)) });
  }
  return { key, securityToken };
}

/** Services of the account and of projects may stand side by side: it only takes away. */
function readLimit(context: IdentityContext, written: unknown): PolicyDocument {
  return readDocument(written, context.rules());
}

async function parentOf(
  context: IdentityContext,
  actor: Actor,
  token: string | undefined,
): Promise<{ parent: Parent; endsMs: number }> {
  if (isKeyAuditId(actor.auditId)) {
    const [, access = ''] = actor.auditId.split(':');
    const { projectId, domainId } = actor;
    const parent = { kind: 'access-key' as const, access, projectId, domainId };
    return { parent, endsMs: Number.POSITIVE_INFINITY };
  }
  const hash = hashToken(token ?? '');
  const loaded = await loadToken(context.database.queries, hash, context.clock.nowMs());
  if (loaded?.userId !== actor.userId) throw identityErrors.loginRefused();
  return { parent: { kind: 'token', hash }, endsMs: loaded.expiresMs };
}
