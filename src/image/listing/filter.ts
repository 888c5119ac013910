import { limits } from '#base/limits.ts';
import { imageErrors } from '../errors.ts';
import { type ImageVisibility, visibilities } from '../images/image.ts';
import { parseTimeFilter, type TimeRange } from './time-filter.ts';

/** Query parameters as they arrive: one text, or several for a repeated name. */
export type ListQuery = Readonly<Record<string, string | string[]>>;

export const memberStatuses = ['accepted', 'pending', 'rejected', 'all'] as const;
export type MemberStatusFilter = (typeof memberStatuses)[number];

/** Attributes that are compared as text; any of the values fits. */
export type TextFilterName =
  | 'id'
  | 'name'
  | 'status'
  | 'owner'
  | 'disk_format'
  | 'container_format'
  | 'checksum'
  | 'os_hash_algo'
  | 'os_hash_value';

export interface ImageFilter {
  texts: Partial<Record<TextFilterName, readonly string[]>>;
  numbers: { name: 'size' | 'min_ram' | 'min_disk'; operator: '=' | '>=' | '<='; value: number }[];
  times: { name: 'created_at' | 'updated_at'; range: TimeRange }[];
  /** `all` also shows the community images of others. */
  visibility: ImageVisibility | 'all' | undefined;
  memberStatus: MemberStatusFilter;
  isHidden: boolean;
  isProtected: boolean | undefined;
  /** The image has every one of these. */
  tags: readonly string[];
  properties: readonly { name: string; value: string }[];
}

/** Parameters that say how to list rather than what. */
const listingNames = new Set(['limit', 'marker', 'sort', 'sort_key', 'sort_dir']);
const inNames = new Set(['id', 'name', 'status', 'disk_format', 'container_format']);
const plainNames = new Set(['owner', 'checksum', 'os_hash_algo', 'os_hash_value']);

const numberFilters: Record<string, Omit<ImageFilter['numbers'][number], 'value'>> = {
  size: { name: 'size', operator: '=' },
  size_min: { name: 'size', operator: '>=' },
  size_max: { name: 'size', operator: '<=' },
  min_ram: { name: 'min_ram', operator: '=' },
  min_disk: { name: 'min_disk', operator: '=' },
};

/** What a list request asks for; throws for values that Glance refuses. */
export function parseFilter(query: ListQuery): ImageFilter {
  const filter: ImageFilter = {
    texts: {},
    numbers: [],
    times: [],
    visibility: undefined,
    memberStatus: 'accepted',
    isHidden: false,
    isProtected: undefined,
    tags: [],
    properties: [],
  };
  const conditions = Object.entries(query).filter(([name]) => !listingNames.has(name));
  if (conditions.flatMap(([, value]) => value).length > limits.imageFilters) {
    throw invalid(`A list takes at most ${limits.imageFilters} filters.`);
  }
  for (const [name, value] of conditions) {
    if ([name, value].flat().some((part) => part.includes('\0'))) {
      throw invalid('A filter holds a NUL character.');
    }
    if (name === 'tag') filter.tags = [value].flat();
    else addFilter(filter, name, [value].flat().at(-1) ?? '');
  }
  return filter;
}

function addFilter(filter: ImageFilter, name: string, value: string): void {
  const numeric = Object.hasOwn(numberFilters, name) ? numberFilters[name] : undefined;
  if (numeric) {
    filter.numbers.push({ ...numeric, value: parseNumber(name, value) });
  } else if (inNames.has(name)) {
    filter.texts[name as TextFilterName] = parseIn(value);
  } else if (plainNames.has(name)) {
    filter.texts[name as TextFilterName] = [value];
  } else if (name === 'created_at' || name === 'updated_at') {
    filter.times.push({ name, range: parseTimeFilter(name, value) });
  } else if (name === 'visibility') {
    filter.visibility = parseChoice(name, value, [...visibilities, 'all'] as const);
  } else if (name === 'member_status') {
    filter.memberStatus = parseChoice(name, value, memberStatuses);
  } else if (name === 'os_hidden') {
    filter.isHidden = parseFlag(name, value);
  } else if (name === 'protected') {
    filter.isProtected = parseFlag(name, value);
  } else {
    filter.properties = [...filter.properties, { name, value }];
  }
}

/** `in:saving,"a, b"` → the values; anything else is one value as it stands. */
function parseIn(value: string): string[] {
  if (!value.startsWith('in:')) return [value];
  const values: string[] = [];
  const item = /(?:"((?:[^"\\]|\\.)*)"|([^",]*))(?:,|$)/y;
  const list = value.slice(3);
  do {
    const match = item.exec(list);
    if (!match) throw invalid(`Invalid filter value ${list}. The quote is not closed.`);
    values.push(match[1]?.replaceAll(/\\(.)/g, '$1') ?? match[2]?.trim() ?? '');
  } while (item.lastIndex < list.length);
  return values;
}

function parseNumber(name: string, value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw invalid(`Parameter ${name} is not a whole number.`);
  return Number(value);
}

function parseChoice<Choice extends string>(
  name: string,
  value: string,
  choices: readonly Choice[],
): Choice {
  const chosen = choices.find((choice) => choice === value);
  if (chosen === undefined) throw invalid(`Invalid ${name} value: ${value.slice(0, 64)}`);
  return chosen;
}

function parseFlag(name: string, value: string): boolean {
  const flag = value.toLowerCase();
  if (flag === 'true' || flag === 'false') return flag === 'true';
  const shown = value.slice(0, 64);
  throw invalid(
    `Invalid value '${shown}' for '${name}' filter. Valid values are 'true' or 'false'.`,
  );
}

function invalid(sentence: string): Error {
  return imageErrors.parameterInvalid({ sentence });
}
