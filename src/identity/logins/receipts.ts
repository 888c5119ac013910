import { limits } from '#base/limits.ts';
import type { IdentityContext } from '../context.ts';
import { identityErrors } from '../errors.ts';
import type { Project } from '../projects/project.ts';
import { findProject } from '../projects/store.ts';
import { findUser } from '../users/store.ts';
import type { User } from '../users/user.ts';

/** That some of the factors that a user must bring were good. */
export interface Receipt {
  user: User;
  userDomain: Project;
  methods: string[];
  issuedMs: number;
  expiresMs: number;
  /** Of which lists of methods one must be complete. */
  required: string[][];
  /** What the client brings back in `Openstack-Auth-Receipt`. */
  secret: string;
}

interface Kept {
  userId: string;
  methods: string[];
  expiresMs: number;
  /** A receipt ends with the password that it is for. */
  passwordChangedMs: number | null;
}

/** No row's context: nothing else that is sealed can pass for a receipt. */
const sealContext = 'receipts';

/** Nothing is stored: the client carries it, sealed. */
export async function giveReceipt(
  context: IdentityContext,
  { user, methods, required }: Pick<Receipt, 'user' | 'methods' | 'required'>,
): Promise<Receipt> {
  const userDomain = await findProject(context.database.queries, user.domainId);
  if (!userDomain?.isEnabled) throw identityErrors.loginRefused();
  const issuedMs = context.clock.nowMs();
  const expiresMs = issuedMs + limits.receiptLifetimeMs;
  const { passwordChangedMs } = user;
  const kept: Kept = { userId: user.id, methods, expiresMs, passwordChangedMs };
  const secret = context.seals.seal(JSON.stringify(kept), sealContext);
  return { user, userDomain, methods, issuedMs, expiresMs, required, secret };
}

/** Throws AuthenticationFailed when it is not ours, has expired, or its user is not as before. */
export async function takeReceipt(
  context: IdentityContext,
  secret: string,
): Promise<{ user: User; methods: string[] }> {
  const kept = opened(context, secret);
  if (!kept || kept.expiresMs <= context.clock.nowMs()) throw identityErrors.loginRefused();
  const user = await findUser(context.database.queries, kept.userId);
  if (!user?.isEnabled || user.passwordChangedMs !== kept.passwordChangedMs) {
    throw identityErrors.loginRefused();
  }
  return { user, methods: kept.methods };
}

function opened(context: IdentityContext, secret: string): Kept | undefined {
  try {
    return JSON.parse(context.seals.open(secret, sealContext)) as Kept;
  } catch {
    return undefined;
  }
}
