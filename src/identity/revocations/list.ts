import { limits } from '#base/limits.ts';
import type { IdentityContext } from '../context.ts';
import type { Revocation } from './revocation.ts';
import { listRevocationRows } from './store.ts';

/** Those that a token could still be touched by: older ones have outlived every token. */
export function listRevocations(
  { database, clock }: IdentityContext,
  sinceMs: number,
): Promise<Revocation[]> {
  const oldestMs = clock.nowMs() - limits.tokenLifetimeMs;
  return listRevocationRows(database.queries, Math.max(sinceMs, oldestMs));
}
