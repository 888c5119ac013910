import { hash } from 'node:crypto';
import { limits } from '#base/limits.ts';
import { secretWord } from '#base/typed-secrets.ts';
import type { Queries } from '#db/database.ts';
import type { IdentityContext } from '../context.ts';
import { type Credential, keyPairOf } from '../credentials/credential.ts';
import { findSecret } from '../credentials/store.ts';
import { identityErrors } from '../errors.ts';
import { loadToken } from '../tokens/load.ts';
import { deleteToken, insertToken } from '../tokens/store.ts';
import { hashToken, type StoredToken, type Token } from '../tokens/token.ts';
import { isS3SignedBy, type S3Signature, timesOf } from './s3-signature.ts';
import { isSignedBy, type SignedRequest, signedAt } from './signature.ts';

const tokenBytes = 32;
const auditIdBytes = 16;

interface MadeToken {
  token: Token;
  secret: string;
}

/**
 * A token for whoever signed a request by an EC2 key, for the key's project. Throws
 * AuthenticationFailed for a wrong signature, an unknown key, and a request of another time:
 * whoever overhears one could otherwise log in with it for ever.
 */
export function logInByEc2(
  context: IdentityContext,
  access: string,
  request: SignedRequest,
): Promise<MadeToken> {
  return context.database.transaction((tx) =>
    makeToken(context, tx, access, (secret, nowMs) => {
      return isSignedBy(secret, request) && isTimely(signedAt(request), nowMs);
    }),
  );
}

/**
 * Who signed a request to an object store, and what they may in the key's project. Nobody holds
 * the token that is told of: the store only wants to know whom it serves. Throws as `logInByEc2`.
 */
export function identifyByS3(
  context: IdentityContext,
  access: string,
  signature: S3Signature,
): Promise<Token> {
  return context.database.transaction(async (tx) => {
    const { token } = await makeToken(context, tx, access, (secret, nowMs) => {
      const times = timesOf(signature, limits.ec2SignatureAgeMs);
      const isNow = times !== undefined && times[0] <= nowMs && nowMs <= times[1];
      return isNow && isS3SignedBy(secret, signature);
    });
    await deleteToken(tx, token.hash);
    return token;
  });
}

async function makeToken(
  context: IdentityContext,
  tx: Queries,
  access: string,
  isSigned: (secret: string, nowMs: number) => boolean,
): Promise<MadeToken> {
  const secret = secretWord(context.ids, tokenBytes);
  const nowMs = context.clock.nowMs();
  const id = hash('sha256', access, 'hex');
  const credential = await findSecret(tx, context.seals, id);
  const pair = credential?.type === 'ec2' ? keyPairOf(credential.blob) : undefined;
  if (!credential || !pair || pair.access !== access) throw identityErrors.loginRefused();
  if (!isSigned(pair.secret, nowMs)) throw identityErrors.loginRefused();
  const stored = tokenOf(context, credential, hashToken(secret), nowMs);
  await insertToken(tx, stored);
  const token = await loadToken(tx, stored.hash, nowMs);
  if (!token?.project) throw identityErrors.loginRefused();
  return { token, secret };
}

/** @param text `20260131T235959Z` or `2026-01-31T23:59:59Z`; without a zone it is UTC. */
function isTimely(text: string | undefined, nowMs: number): boolean {
  const parts = /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)(\.\d+)?Z?$/.exec(text ?? '');
  if (!parts) return false;
  const [, year, month, day, hour, minute, second] = parts;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Math.abs(nowMs - ms) <= limits.ec2SignatureAgeMs;
}

function tokenOf(
  context: IdentityContext,
  credential: Credential,
  tokenHash: string,
  nowMs: number,
): StoredToken {
  return {
    hash: tokenHash,
    userId: credential.userId,
    projectId: credential.projectId,
    domainId: null,
    isSystem: false,
    methods: ['ec2credential'],
    auditIds: [context.ids.secret(auditIdBytes)],
    issuedMs: nowMs,
    expiresMs: nowMs + limits.tokenLifetimeMs,
    applicationCredentialId: null,
    trustId: null,
    ec2CredentialId: credential.id,
  };
}
