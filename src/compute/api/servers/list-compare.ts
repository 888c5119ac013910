import { isoSeconds } from '#base/clock.ts';
import { parseBoolean } from '#compute/api/booleans.ts';
import { computeErrors } from '#compute/errors.ts';
import type { ColumnPattern, ServerFilter } from '#compute/servers/listing/server-filter.ts';
import { compilePattern, type TextPattern } from '#compute/servers/listing/text-pattern.ts';
import type { Comparison } from './list-filters.ts';
import { parseTime } from './list-times.ts';

/** Numbers that the databases' integers hold; no server has a larger one. */
const integer = /^-?\d{1,9}$/;

/** The filter with one more condition of a query. */
export function withComparison(
  filter: ServerFilter,
  name: string,
  compare: Comparison,
  value: string,
): ServerFilter {
  switch (compare.is) {
    case 'equal':
      return withEqual(filter, compare.column, value);
    case 'reference':
      return withEqual(filter, compare.column, lastPart(value));
    case 'pattern':
      return withPattern(filter, { column: compare.column, pattern: readPattern(name, value) });
    case 'number':
      if (integer.test(value)) return withEqual(filter, compare.column, Number(value));
      return withPattern(filter, { ...written(name, value, String), column: compare.column });
    case 'time':
      return withTime(filter, name, compare.column, value);
    case 'boolean': {
      const wanted = parseBoolean(value);
      if (wanted === undefined) throw valueRefused(name, value);
      return withEqual(filter, compare.column, wanted ? compare.yes : compare.no);
    }
    case 'constant':
      return readPattern(name, value).matches(compare.text) ? filter : withNothing(filter);
  }
}

/** No server is in none of all states. */
function withNothing(filter: ServerFilter): ServerFilter {
  return { ...filter, states: [] };
}

function withEqual(
  filter: ServerFilter,
  column: keyof NonNullable<ServerFilter['equals']>,
  value: string | number,
): ServerFilter {
  const known = filter.equals?.[column];
  // Two names of one filter with values that differ: nothing is both.
  if (known !== undefined && known !== value) return withNothing(filter);
  return { ...filter, equals: { ...filter.equals, [column]: value } };
}

function withPattern(filter: ServerFilter, pattern: ColumnPattern): ServerFilter {
  return { ...filter, patterns: [...(filter.patterns ?? []), pattern] };
}

function withTime(
  filter: ServerFilter,
  name: string,
  column: Extract<Comparison, { is: 'time' }>['column'],
  value: string,
): ServerFilter {
  const ms = parseTime(value);
  if (ms === undefined) return withPattern(filter, { ...written(name, value, timeText), column });
  const fromMs = Math.floor(ms / 1000) * 1000;
  const span = { column, fromMs, toMs: fromMs + 999 };
  return { ...filter, spans: [...(filter.spans ?? []), span] };
}

function written(name: string, value: string, write: (value: number) => string) {
  return { pattern: readPattern(name, value), write };
}

/** `2026-01-31 23:59:59`, as times stand in Nova's database. */
function timeText(ms: number): string {
  return isoSeconds(ms).replace('T', ' ').replace('Z', '');
}

/** Clients may quote ids, as the reference's examples do, and send whole addresses. */
function lastPart(value: string): string {
  return value.replaceAll('"', '').split('/').at(-1) ?? value;
}

export function readPattern(name: string, expression: string): TextPattern {
  const pattern = compilePattern(expression);
  if (!pattern) throw valueRefused(name, expression);
  return pattern;
}

function valueRefused(name: string, value: string) {
  const sentence = `Invalid input for query parameters ${name}. Value: ${value.slice(0, 64)}.`;
  return computeErrors.filterMalformed({ sentence });
}
