import { usageErrors } from '#compute/usage/errors.ts';
import type { Period } from '#compute/usage/usage.ts';

/** `2026-01-31T23:59:59`, `…59.123456`, and the latter with a blank for the `T`; all are UTC. */
const form = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})|[T ](\d{2}:\d{2}:\d{2}\.\d{1,6}))$/;

/** @throws InvalidStrTime (400) */
function readTime(text: string): number {
  const [, day, whole, fraction] = form.exec(text) ?? [];
  const ms = Date.parse(`${day}T${(whole ?? fraction ?? '').slice(0, 12)}Z`);
  // A date that does not exist is read as one of the next month: written again it differs.
  const exists = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day ?? '-');
  if (!exists) throw usageErrors.timeMalformed();
  return ms;
}

/**
 * What is absent is now, and so is an end that is still to come.
 * @throws InvalidStrTime, InvalidUsagePeriod (400)
 */
export function readPeriod(
  query: { start?: string | undefined; end?: string | undefined },
  nowMs: number,
): Period {
  const startMs = query.start ? readTime(query.start) : nowMs;
  const endMs = query.end ? readTime(query.end) : nowMs;
  if (startMs >= endMs && (query.start || query.end)) throw usageErrors.startAfterEnd();
  return { startMs, stopMs: Math.min(endMs, nowMs) };
}
