import { globMatches } from './globs.ts';

/** What kind of value an operator compares; keys have kinds too, and both must agree. */
export type ValueKind = 'string' | 'number' | 'date' | 'boolean';

export interface Operator {
  kind: ValueKind;
  /** None of the values may match, where of others one must. */
  isNegative: boolean;
  /** Undefined where one of both is no such value: then nothing holds. */
  matches: (actual: string, wanted: string) => boolean | undefined;
}

const text = (matches: (actual: string, wanted: string) => boolean, isNegative = false) =>
  ({ kind: 'string', isNegative, matches }) as const;

/** Compares what both texts mean; NaN is no meaning. */
function ordered(
  kind: 'number' | 'date',
  read: (text: string) => number,
  holds: (actual: number, wanted: number) => boolean,
  isNegative = false,
): Operator {
  const matches = (actual: string, wanted: string) => {
    const [one, other] = [read(actual), read(wanted)];
    return Number.isNaN(one) || Number.isNaN(other) ? undefined : holds(one, other);
  };
  return { kind, isNegative, matches };
}

function readNumber(written: string): number {
  return written.trim() === '' ? Number.NaN : Number(written);
}

/** ISO 8601 only: what else `Date.parse` takes depends on who built it. */
function readDate(written: string): number {
  return /^\d{4}-\d\d-\d\d(T|$)/.test(written) ? Date.parse(written) : Number.NaN;
}

const same = (one: string, other: string) => one === other;
const sameFolded = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
const like = (one: string, other: string) => globMatches(other, one, true);
const equal = (one: number, other: number) => one === other;
const less = (one: number, other: number) => one < other;
const lessOrEqual = (one: number, other: number) => one <= other;
const greater = (one: number, other: number) => one > other;
const greaterOrEqual = (one: number, other: number) => one >= other;

/** All but `Null`, which asks whether there is a value at all. */
const operators: Readonly<Record<string, Operator>> = {
  StringEquals: text(same),
  StringNotEquals: text(same, true),
  StringEqualsIgnoreCase: text(sameFolded),
  StringNotEqualsIgnoreCase: text(sameFolded, true),
  StringMatch: text(like),
  StringNotMatch: text(like, true),
  StringStartWith: text((one, other) => one.startsWith(other)),
  StringEndWith: text((one, other) => one.endsWith(other)),
  NumberEquals: ordered('number', readNumber, equal),
  NumberNotEquals: ordered('number', readNumber, equal, true),
  NumberLessThan: ordered('number', readNumber, less),
  NumberLessThanEquals: ordered('number', readNumber, lessOrEqual),
  NumberGreaterThan: ordered('number', readNumber, greater),
  NumberGreaterThanEquals: ordered('number', readNumber, greaterOrEqual),
  DateLessThan: ordered('date', readDate, less),
  DateLessThanEquals: ordered('date', readDate, lessOrEqual),
  DateGreaterThan: ordered('date', readDate, greater),
  DateGreaterThanEquals: ordered('date', readDate, greaterOrEqual),
  Bool: { kind: 'boolean', isNegative: false, matches: sameFolded },
};

/** An operator as it is written: `ForAllValues:StringEqualsIfExists`. */
export interface WrittenOperator {
  /** Undefined for `Null`. */
  operator: Operator | undefined;
  isIfExists: boolean;
  over: 'all' | 'any' | undefined;
}

/** @returns undefined for what is no operator. */
export function readOperator(written: string): WrittenOperator | undefined {
  const [, set, name = ''] = /^(?:(ForAllValues|ForAnyValue):)?(\w+)$/.exec(written) ?? [];
  const over = set === undefined ? undefined : set === 'ForAllValues' ? 'all' : 'any';
  if (name === 'Null') return over ? undefined : { operator: undefined, isIfExists: false, over };
  const isIfExists = name.endsWith('IfExists');
  const base = isIfExists ? name.slice(0, -'IfExists'.length) : name;
  if (!Object.hasOwn(operators, base)) return undefined;
  return { operator: operators[base], isIfExists, over };
}

const kindOfKey: Readonly<Record<string, ValueKind>> = {
  'g:CurrentTime': 'date',
  'g:DomainName': 'string',
  'g:MFAPresent': 'boolean',
  'g:MFAAge': 'number',
  'g:ProjectName': 'string',
  'g:ServiceName': 'string',
  'g:UserId': 'string',
  'g:UserName': 'string',
};

/** What a key's values are; undefined for what is no key. */
export function kindOf(key: string): ValueKind | undefined {
  if (/^g:ResourceTag\/./.test(key)) return 'string';
  return Object.hasOwn(kindOfKey, key) ? kindOfKey[key] : undefined;
}
