import { limits } from '#base/limits.ts';
import type { Queries } from '#db/database.ts';
import type { IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import { findUser } from '../users/store.ts';
import type { User } from '../users/user.ts';
import { loadToken } from './load.ts';
import { findNamedUser, type NamedUser } from './named-user.ts';
import { findScope, type Scope, type ScopeRequest } from './scope.ts';
import { insertToken } from './store.ts';
import { hashToken, type StoredToken, type Token } from './token.ts';

export interface LoginRequest {
  /** Every proof that is given must be good and speak of the same user. */
  password?: { user: NamedUser; password: string };
  token?: string;
  scope: ScopeRequest;
}

/** What the proofs established. */
interface Proven {
  user: User;
  methods: string[];
  /** The audit id of the token that was shown, whose end is also the new one's end. */
  parentAuditId?: string;
  expiresMs?: number;
}

const tokenBytes = 32;
const auditIdBytes = 16;

/**
 * Makes a token. Refusals leave no trace in the database and all say the same: AuthenticationFailed
 * for a wrong password, an unknown or disabled user, and a scope in which the user has no role.
 */
export async function logIn(
  context: IdentityContext,
  request: LoginRequest,
): Promise<{ token: Token; secret: string }> {
  const proven = await prove(context, request);
  const secret = context.ids.secret(tokenBytes);
  const nowMs = context.clock.nowMs();
  const token = await context.database.transaction(async (tx) => {
    await checkUnchanged(tx, proven.user);
    const scope = await findScope(tx, proven.user, request.scope);
    const stored = storedToken(context, proven, scope, hashToken(secret), nowMs);
    await insertToken(tx, stored);
    // Read back by the rules that every later request applies: what they refuse is not issued.
    const loaded = await loadToken(tx, stored.hash, nowMs);
    if (!loaded) throw identityErrors.loginRefused();
    return loaded;
  });
  return { token, secret };
}

async function prove(context: IdentityContext, request: LoginRequest): Promise<Proven> {
  const byPassword = request.password && (await proveByPassword(context, request.password));
  const byToken =
    request.token === undefined ? undefined : await byItsToken(context, request.token);
  const proven = byToken ?? byPassword;
  if (!proven) throw identityErrors.methodUnsupported();
  if (byPassword && byPassword.user.id !== proven.user.id) throw identityErrors.loginRefused();
  const methods = [...(byPassword?.methods ?? []), ...proven.methods];
  return { ...proven, methods: [...new Set(methods)] };
}

async function proveByPassword(
  context: IdentityContext,
  proof: { user: NamedUser; password: string },
): Promise<Proven> {
  const user = await findNamedUser(context.database.queries, proof.user);
  const matches = await context.passwords.matches(proof.password, user?.passwordHash ?? null);
  if (!user || !matches) throw identityErrors.loginRefused();
  return { user, methods: ['password'] };
}

async function byItsToken(context: IdentityContext, secret: string): Promise<Proven> {
  const { queries } = context.database;
  const token = await loadToken(queries, hashToken(secret), context.clock.nowMs());
  if (!token) throw identityErrors.loginRefused();
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

function storedToken(
  context: IdentityContext,
  proven: Proven,
  scope: Scope,
  hash: string,
  nowMs: number,
): StoredToken {
  const auditId = context.ids.secret(auditIdBytes);
  const { parentAuditId } = proven;
  return {
    hash,
    userId: proven.user.id,
    projectId: scope.projectId,
    domainId: scope.domainId,
    methods: proven.methods,
    auditIds: parentAuditId === undefined ? [auditId] : [auditId, parentAuditId],
    issuedMs: nowMs,
    expiresMs: proven.expiresMs ?? nowMs + limits.tokenLifetimeMs,
  };
}
