import { hash } from 'node:crypto';
import type { SecurityRules } from '#base/config-security.ts';
import { limits } from '#base/limits.ts';
import type { IdentityContext } from '../context.ts';
import type { User } from '../users/user.ts';
import { type Failures, findFailures, keepFailures } from './store.ts';

/**
 * Where failures are counted: a row of the user, or one of few that all names share that nobody
 * has. So an unknown name costs what a known one does, and rows do not grow with guesses.
 */
export function failureSubject(user: User | undefined, name: string): string {
  if (user) return user.id;
  const number = Number.parseInt(hash('sha256', name, 'hex').slice(0, 8), 16);
  return `nobody-${number % limits.unknownLoginRows}`;
}

/** Whether so many logins failed so lately that even the right password is refused. */
export function isLocked(
  rules: SecurityRules,
  user: User | undefined,
  failures: Failures | undefined,
  nowMs: number,
): boolean {
  if (rules.lockoutFailureAttempts === 0 || !failures) return false;
  if (user?.options.ignore_lockout_failure_attempts === true) return false;
  const isOver = nowMs >= failures.lastMs + rules.lockoutDurationMs;
  return failures.count >= rules.lockoutFailureAttempts && !isOver;
}

/** Counts one more; during a lock nothing changes, so that it ends whatever is tried. */
export async function countFailure(
  context: IdentityContext,
  user: User | undefined,
  subject: string,
): Promise<void> {
  const { security, clock } = context;
  if (security.lockoutFailureAttempts === 0) return;
  const nowMs = clock.nowMs();
  await context.database.note(async (tx) => {
    const before = await findFailures(tx, subject);
    const isOver = !before || nowMs >= before.lastMs + security.lockoutDurationMs;
    const wasLocked = (before?.count ?? 0) >= security.lockoutFailureAttempts;
    if (before && isLocked(security, user, before, nowMs)) {
      await keepFailures(tx, subject, before);
    } else {
      const count = (wasLocked && isOver ? 0 : (before?.count ?? 0)) + 1;
      await keepFailures(tx, subject, { count, lastMs: nowMs });
    }
  });
}
