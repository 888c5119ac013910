import { limits } from '#base/limits.ts';
import { secretWord } from '#base/typed-secrets.ts';
import type { Queries } from '#db/database.ts';
import { delegationErrors } from '#policy/delegation.ts';
import type { ApplicationCredential } from '../application-credentials/credential.ts';
import { findCredential } from '../application-credentials/store.ts';
import type { IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { checkPassword } from '../logins/check-password.ts';
import { checkTotp } from '../logins/check-totp.ts';
import { missingFactors } from '../logins/factors.ts';
import { giveReceipt, type Receipt, takeReceipt } from '../logins/receipts.ts';
import { deleteFailures } from '../logins/store.ts';
import type { Trust } from '../trusts/trust.ts';
import { startOfDay } from '../users/activity.ts';
import { requireUnexpired } from '../users/password-rules.ts';
import { findUser, keepLastActive } from '../users/store.ts';
import type { User } from '../users/user.ts';
import { bindTrust } from './bind-trust.ts';
import { loadToken } from './load.ts';
import type { NamedUser } from './named-user.ts';
import { type CredentialProof, proveByCredential } from './prove-credential.ts';
import { findScope, type Scope, type ScopeRequest } from './scope.ts';
import { insertToken } from './store.ts';
import { hashToken, type StoredToken, type Token } from './token.ts';

export interface LoginRequest {
  /** Every proof that is given must be good and speak of the same user. */
  password?: { user: NamedUser; password: string };
  totp?: { user: NamedUser; passcode: string };
  token?: string;
  /** Of an earlier request that did not bring every factor. */
  receipt?: string | undefined;
  /** Stands alone, and has its own scope. */
  applicationCredential?: CredentialProof;
  /** Of the peer; null inside the house. */
  address: string | null;
  scope: ScopeRequest;
}

/** What the proofs established. */
export interface Proven {
  user: User;
  methods: string[];
  /** The audit id of the token that was shown, whose end is also the new one's end. */
  parentAuditId?: string;
  expiresMs?: number;
  applicationCredential?: ApplicationCredential;
}

/** A scope that may come with a trust. */
type BoundScope = Scope & { trust?: Trust };

const tokenBytes = 32;
const auditIdBytes = 16;

/** What a login comes to; a receipt when more factors are asked of the user. */
export type LoginOutcome = { token: Token; secret: string } | { receipt: Receipt };

/**
 * Makes a token. Refusals leave no trace in the database and all say the same: AuthenticationFailed
 * for a wrong password, an unknown or disabled user, and a scope in which the user has no role.
 */
export async function logIn(
  context: IdentityContext,
  request: LoginRequest,
): Promise<LoginOutcome> {
  const proven = await prove(context, request);
  const required = missingFactors(proven.user, proven.methods);
  if (required) return { receipt: await giveReceipt(context, { ...proven, required }) };
  return context.database.transaction(async (tx) => {
    await checkUnchanged(tx, proven.user);
    const isOwnProof = !proven.methods.includes('token') && !proven.applicationCredential;
    if (isOwnProof) await deleteFailures(tx, proven.user.id);
    return issueToken(context, tx, proven, request.scope);
  });
}

/** Within the transaction that saw the proofs hold. Throws AuthenticationFailed for the scope. */
export async function issueToken(
  context: IdentityContext,
  tx: Queries,
  proven: Proven,
  asked: ScopeRequest,
): Promise<{ token: Token; secret: string }> {
  const secret = secretWord(context.ids, tokenBytes);
  const nowMs = context.clock.nowMs();
  await noteActivity(context, tx, proven.user, nowMs);
  const scope = await scopeOf(tx, proven, asked, nowMs);
  const stored = storedToken(context, proven, scope, hashToken(secret), nowMs);
  await insertToken(tx, stored);
  // Read back by the rules that every later request applies: what they refuse is not issued.
  const token = await loadToken(tx, stored.hash, nowMs);
  if (!token) throw identityErrors.loginRefused();
  return { token, secret };
}

/** A credential that was deleted while its secret was being checked opens nothing. */
async function scopeOf(
  tx: Queries,
  proven: Proven,
  asked: ScopeRequest,
  nowMs: number,
): Promise<BoundScope> {
  if (asked.kind === 'trust') {
    const trust = await bindTrust(tx, proven, asked.id, nowMs);
    return { projectId: trust.projectId, domainId: null, isSystem: false, trust };
  }
  const { applicationCredential: credential } = proven;
  if (!credential) return findScope(tx, proven.user, asked);
  if (!(await findCredential(tx, credential.id))) throw identityErrors.loginRefused();
  return { projectId: credential.projectId, domainId: null, isSystem: false };
}

async function prove(context: IdentityContext, request: LoginRequest): Promise<Proven> {
  if (request.applicationCredential) return byCredential(context, request);
  const proofs: Proven[] = [];
  // The first that is wrong ends it: a code is not used up by who does not know the password.
  if (request.receipt !== undefined) proofs.push(await takeReceipt(context, request.receipt));
  if (request.password) proofs.push(await byPassword(context, request));
  if (request.totp) proofs.push(await byTotp(context, request));
  if (request.token !== undefined) proofs.push(await byItsToken(context, request.token));
  const proven = proofs.at(-1);
  if (!proven) throw identityErrors.methodUnsupported();
  if (proofs.some(({ user }) => user.id !== proven.user.id)) throw identityErrors.loginRefused();
  const methods = new Set(proofs.flatMap((proof) => proof.methods));
  return { ...proven, methods: [...methods] };
}

async function byTotp(context: IdentityContext, request: LoginRequest): Promise<Proven> {
  const { totp, address } = request;
  if (!totp) throw identityErrors.methodUnsupported();
  return { user: await checkTotp(context, { ...totp, address }), methods: ['totp'] };
}

async function byPassword(context: IdentityContext, request: LoginRequest): Promise<Proven> {
  const { password: proof, address } = request;
  if (!proof) throw identityErrors.methodUnsupported();
  const user = await checkPassword(context, { ...proof, address });
  requireUnexpired(user, context.clock.nowMs());
  return { user, methods: ['password'] };
}

async function byCredential(context: IdentityContext, request: LoginRequest): Promise<Proven> {
  const { applicationCredential: proof, password, totp, token, scope } = request;
  if (!proof || password || totp || token !== undefined) throw identityErrors.methodUnsupported();
  if (scope.kind !== 'default') throw identityErrors.applicationCredentialScope();
  const { user, credential } = await proveByCredential(context, proof, request.address);
  const methods = ['application_credential'];
  const latestMs = context.clock.nowMs() + limits.tokenLifetimeMs;
  const expiresMs = Math.min(latestMs, credential.expiresMs ?? latestMs);
  return { user, methods, expiresMs, applicationCredential: credential };
}

async function byItsToken(context: IdentityContext, secret: string): Promise<Proven> {
  const { queries } = context.database;
  const token = await loadToken(queries, hashToken(secret), context.clock.nowMs());
  if (!token) throw identityErrors.loginRefused();
  // Otherwise it could be changed for one with all that its user may.
  const isDelegated = token.applicationCredential ?? token.trust ?? token.ec2CredentialId;
  if (isDelegated) throw delegationErrors.delegated({ what: 'tokens' });
  return {
    user: token.user,
    methods: ['token', ...token.methods],
    parentAuditId: token.auditIds.at(-1) ?? '',
    expiresMs: token.expiresMs,
  };
}

/** Hashing takes a while: a password that was changed meanwhile no longer opens anything. */
async function checkUnchanged(tx: Queries, user: User): Promise<void> {
  const current = await findUser(tx, user.id);
  if (current?.passwordHash !== user.passwordHash) throw identityErrors.loginRefused();
}

/** Only where somebody asks who is away. */
async function noteActivity(
  context: IdentityContext,
  tx: Queries,
  user: User,
  nowMs: number,
): Promise<void> {
  const today = startOfDay(nowMs);
  if (context.security.disabledAfterInactiveMs === 0 || user.lastActiveMs === today) return;
  await keepLastActive(tx, user.id, today);
}

function storedToken(
  context: IdentityContext,
  proven: Proven,
  scope: BoundScope,
  hash: string,
  nowMs: number,
): StoredToken {
  const auditId = context.ids.secret(auditIdBytes);
  const { parentAuditId } = proven;
  const { trust } = scope;
  const latestMs = proven.expiresMs ?? nowMs + limits.tokenLifetimeMs;
  return {
    hash,
    userId: trust?.isImpersonating ? trust.trustorUserId : proven.user.id,
    projectId: scope.projectId,
    domainId: scope.domainId,
    isSystem: scope.isSystem,
    methods: proven.methods,
    auditIds: parentAuditId === undefined ? [auditId] : [auditId, parentAuditId],
    issuedMs: nowMs,
    expiresMs: Math.min(latestMs, trust?.expiresMs ?? latestMs),
    applicationCredentialId: proven.applicationCredential?.id ?? null,
    trustId: trust?.id ?? null,
    ec2CredentialId: null,
  };
}
