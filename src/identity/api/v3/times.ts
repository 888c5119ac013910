import { Type } from 'typebox';
import { identityErrors } from '../../errors.ts';

/** `2027-01-31T12:00:00Z`; without a zone it is UTC, as clients of Keystone write it. */
export const Expiry = Type.Union([
  Type.String({
    pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:?\\d\\d)?$',
  }),
  Type.Null(),
]);

/** @returns milliseconds since 1970; null for none. Throws for the 31st of February. */
export function expiryMs(text: string | null | undefined): number | null {
  if (text === undefined || text === null) return null;
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/.test(text);
  const ms = Date.parse(hasZone ? text : `${text}Z`);
  if (Number.isFinite(ms)) return ms;
  throw identityErrors.invalid({ reason: "Invalid input for field 'expires_at': no such time" });
}

/** `2026-01-31T23:59:59.000000Z`: six decimals, as Keystone writes times. */
export function isoMicrosZulu(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 23)}000Z`;
}

/** `2026-01-31T23:59:59.000000`: the expiry of passwords, which Keystone writes without zone. */
export function isoMicros(ms: number): string {
  return isoMicrosZulu(ms).slice(0, -1);
}
