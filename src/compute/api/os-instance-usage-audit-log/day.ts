import { auditErrors } from '#compute/usage/audit-errors.ts';

const form = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)$/;

/** Reads `2026-01-31 23:59:59`, also with a fraction, as UTC. @throws 400 */
export function readDay(text: string): number {
  const [, day = '', time = ''] = form.exec(text) ?? [];
  const ms = Date.parse(`${day}T${time.slice(0, 12)}Z`);
  // A date that does not exist is read as one of the next month: written again it differs.
  const exists = day !== '' && !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
  if (!exists) throw auditErrors.timeMalformed({ text });
  return ms;
}
