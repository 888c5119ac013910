import type { Role } from '../roles/role.ts';

/** One user lets another act with some of the first one's roles on a project. */
export interface Trust {
  id: string;
  /** Who gives. */
  trustorUserId: string;
  /** Who may act. */
  trusteeUserId: string;
  /** Null: its tokens have no scope. */
  projectId: string | null;
  /** Its tokens speak as the trustor, otherwise as the trustee. */
  isImpersonating: boolean;
  expiresMs: number | null;
  /** Tokens that may still be made; null: any number. */
  remainingUses: number | null;
  /** How many trusts may follow in a chain: 0 where the trustee must not pass it on. */
  redelegationCount: number;
  /** The trust by whose token this one was made, and with which it ends. */
  redelegatedTrustId: string | null;
  /** As they were given, without what they imply; by name. */
  roles: readonly Role[];
}

export function isPast(trust: Trust, nowMs: number): boolean {
  return trust.expiresMs !== null && trust.expiresMs <= nowMs;
}

/** Whoever asks for it afterwards is told that there is none, as with Keystone. */
export function isOver(trust: Trust, nowMs: number): boolean {
  return isPast(trust, nowMs) || trust.remainingUses === 0;
}
