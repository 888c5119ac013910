import { identityErrors } from '../../../errors.ts';
import type { ExpiryFilter } from '../../../users/user.ts';

const operators = { lt: '<', lte: '<=', gt: '>', gte: '>=', eq: '=', neq: '!=' } as const;

/** `lt:2026-01-31T23:59:59Z`; without an operator the very time is meant. Throws a 400. */
export function expiryFilter(text: string | undefined): ExpiryFilter | undefined {
  if (text === undefined) return undefined;
  const match = /^(?:(lte?|gte?|n?eq):)?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?)Z?$/.exec(
    text,
  );
  const ms = Date.parse(`${match?.[2]}Z`);
  if (!match || Number.isNaN(ms)) {
    const reason = 'password_expires_at must be an operator and a time: lt:2026-01-31T23:59:59Z.';
    throw identityErrors.invalid({ reason });
  }
  return { operator: operators[(match[1] ?? 'eq') as keyof typeof operators], ms };
}
