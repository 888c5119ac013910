import { imageErrors } from '../errors.ts';

/** From `sinceMs` on and before `beforeMs`; `inverted` means everything else. */
export interface TimeRange {
  sinceMs: number;
  beforeMs: number;
  inverted: boolean;
}

/** Far beyond any image, and within what a bigint column and a JavaScript number both hold. */
const endOfTimeMs = 8_640_000_000_000_000;
const isoTime =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * `gte:2016-01-01T00:00:00Z` → a range. Times are shown in whole seconds, so that is also what
 * they are compared by; without an operator the second must be the same.
 */
export function parseTimeFilter(name: string, value: string): TimeRange {
  const split = /^([a-z]+):(.*)$/.exec(value);
  const operator = split?.[1] ?? 'eq';
  const atMs = parseTime(name, split?.[2] ?? value);
  const afterMs = atMs + 1000;
  const ranges: Record<string, TimeRange> = {
    eq: { sinceMs: atMs, beforeMs: afterMs, inverted: false },
    neq: { sinceMs: atMs, beforeMs: afterMs, inverted: true },
    gt: { sinceMs: afterMs, beforeMs: endOfTimeMs, inverted: false },
    gte: { sinceMs: atMs, beforeMs: endOfTimeMs, inverted: false },
    lt: { sinceMs: -endOfTimeMs, beforeMs: atMs, inverted: false },
    lte: { sinceMs: -endOfTimeMs, beforeMs: afterMs, inverted: false },
  };
  const range = Object.hasOwn(ranges, operator) ? ranges[operator] : undefined;
  if (!range) {
    const sentence = `Unable to filter by unknown operator '${operator.slice(0, 32)}'.`;
    throw imageErrors.parameterInvalid({ sentence });
  }
  return range;
}

function parseTime(name: string, value: string): number {
  const match = isoTime.exec(value.trim().replace(' ', '+'));
  const loose = match ?? isoTime.exec(value.trim());
  const [, day, time = '00:00:00', zone = 'Z'] = loose ?? [];
  const atMs = day ? Date.parse(`${day}T${time}${zone}`) : Number.NaN;
  if (Number.isNaN(atMs)) {
    const sentence = `Invalid time '${value.slice(0, 64)}' for the filter ${name}.`;
    throw imageErrors.parameterInvalid({ sentence });
  }
  return Math.floor(atMs / 1000) * 1000;
}
