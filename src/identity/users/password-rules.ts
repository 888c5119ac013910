import type { SecurityRules } from '#base/config-security.ts';
import { identityErrors } from '../errors.ts';
import type { User } from './user.ts';

const dayMs = 24 * 3600_000;

/** Throws PasswordRequirementsNotMet with the operator's description of them. */
export function requireStrong(rules: SecurityRules, password: string): void {
  if (!rules.passwordPattern || rules.passwordPattern.test(password)) return;
  throw identityErrors.passwordTooWeak({ description: rules.passwordPatternDescription });
}

/** What users may not do to their own password. Throws PasswordLocked, PasswordTooYoung. */
export function requireMayChoose(rules: SecurityRules, user: User, nowMs: number): void {
  if (user.options.lock_password === true) throw identityErrors.passwordLocked();
  // One that an administrator gave is there to be changed.
  if (!user.passwordIsOwn || user.passwordChangedMs === null) return;
  const leftMs = user.passwordChangedMs + rules.minimumPasswordAgeMs - nowMs;
  if (leftMs <= 0) return;
  throw identityErrors.passwordTooYoung({
    days: rules.minimumPasswordAgeMs / dayMs,
    daysLeft: Math.ceil(leftMs / dayMs),
  });
}

/** When it stops being good; null: never. @param isOwn whether the user chose it */
export function passwordExpiry(
  rules: SecurityRules,
  user: Pick<User, 'options'>,
  isOwn: boolean,
  nowMs: number,
): number | null {
  const { ignore_change_password_upon_first_use: isExempt } = user.options;
  if (rules.changePasswordUponFirstUse && !isOwn && isExempt !== true) return nowMs;
  return rules.passwordExpiresMs === 0 ? null : nowMs + rules.passwordExpiresMs;
}

/** When the user's password stops being good, as their options have it; null: never. */
export function expiryOf(user: User): number | null {
  return user.options.ignore_password_expiry === true ? null : user.passwordExpiresMs;
}

/** Throws PasswordExpired, which only those learn who know the password. */
export function requireUnexpired(user: User, nowMs: number): void {
  const expiresMs = expiryOf(user);
  if (expiresMs !== null && expiresMs <= nowMs) {
    throw identityErrors.passwordExpired({ id: user.id });
  }
}
