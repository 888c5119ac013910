import { limits } from '#base/limits.ts';
import { identityErrors } from '../errors.ts';
import type { Trust } from './trust.ts';

/** How many trusts may follow the wanted one. */
export function depthOf(
  wanted: {
    mayRedelegate: boolean;
    redelegationCount: number | null;
    remainingUses: number | null;
  },
  before: Trust | undefined,
): number {
  const { mayRedelegate, redelegationCount: count, remainingUses } = wanted;
  if (!mayRedelegate || count === 0) return 0;
  // Uses are counted for one trust; what follows from it would escape the count.
  if (remainingUses !== null) throw identityErrors.usesOfRedelegated();
  const most = before ? before.redelegationCount - 1 : limits.trustRedelegations;
  if (count !== null && (before ? count !== most : count > most)) {
    throw identityErrors.redelegationRefused({ why: `its depth can be ${most} only` });
  }
  return Math.max(most, 0);
}

/** A trust that passes on another one gives no more and lasts no longer. Throws Forbidden. */
export function chained(before: Trust, trust: Trust): Trust {
  const refuse = (why: string) => {
    throw identityErrors.redelegationRefused({ why });
  };
  if (before.redelegationCount <= 0) refuse('it may not be passed on');
  if (trust.remainingUses !== null) refuse('uses can not be counted');
  if (trust.isImpersonating && !before.isImpersonating) refuse('it does not impersonate');
  if (trust.projectId !== before.projectId) refuse('it is for another project');
  const given = new Set(before.roles.map((role) => role.id));
  if (!trust.roles.every((role) => given.has(role.id))) refuse('it does not have these roles');
  const latestMs = before.expiresMs;
  if (latestMs !== null && trust.expiresMs !== null && trust.expiresMs > latestMs) {
    refuse('it ends earlier');
  }
  const expiresMs = trust.expiresMs ?? latestMs;
  return { ...trust, expiresMs, redelegatedTrustId: before.id };
}
