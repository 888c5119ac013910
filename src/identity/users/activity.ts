import type { SecurityRules } from '#base/config-security.ts';
import type { User } from './user.ts';

const dayMs = 24 * 3600_000;

/** Whether the user has been away for so long that they count as disabled. */
export function isAway(rules: SecurityRules, user: User, nowMs: number): boolean {
  if (rules.disabledAfterInactiveMs === 0 || user.lastActiveMs === null) return false;
  if (user.options.ignore_user_inactivity === true) return false;
  return nowMs >= user.lastActiveMs + rules.disabledAfterInactiveMs;
}

/** A day is as exact as anybody needs it: few logins have to write it. */
export function startOfDay(nowMs: number): number {
  return nowMs - (nowMs % dayMs);
}
