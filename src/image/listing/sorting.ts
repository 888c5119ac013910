import { imageErrors } from '../errors.ts';
import type { ListQuery } from './filter.ts';

export const sortNames = [
  'name',
  'status',
  'container_format',
  'disk_format',
  'size',
  'id',
  'created_at',
  'updated_at',
] as const;
export type SortName = (typeof sortNames)[number];

export interface SortKey {
  name: SortName;
  direction: 'asc' | 'desc';
}

/** `sort=name:asc,size` or repeated `sort_key` and `sort_dir`; a total order in any case. */
export function parseSorting(query: ListQuery): SortKey[] {
  const { sort, sort_key: keys, sort_dir: directions } = query;
  if (sort !== undefined && (keys !== undefined || directions !== undefined)) {
    throw invalid('Old and new sorting syntax cannot be combined');
  }
  const asked =
    sort === undefined ? pairUp(listOf(keys), listOf(directions)) : parseSort([sort].flat().join());
  const checked = asked.map(({ name, direction }) => ({
    name: checkName(name),
    direction: checkDirection(direction),
  }));
  // A key named again cannot change the order any more.
  const sorting = checked.filter(
    ({ name }, index) => checked.findIndex((key) => key.name === name) === index,
  );
  // Like Glance: equal ones by creation, then by id, in the first key's direction.
  const direction = sorting[0]?.direction ?? 'desc';
  for (const name of ['created_at', 'id'] as const) {
    if (!sorting.some((key) => key.name === name)) sorting.push({ name, direction });
  }
  return sorting;
}

interface AskedKey {
  name: string;
  direction: string;
}

function parseSort(sort: string): AskedKey[] {
  return sort.split(',').map((part) => {
    const [name = '', direction = 'desc'] = part.trim().split(':');
    return { name, direction };
  });
}

function pairUp(names: string[], directions: string[]): AskedKey[] {
  const keys = names.length > 0 ? names : ['created_at'];
  const [onlyDirection = 'desc'] = directions;
  if (directions.length > 1 && directions.length !== keys.length) {
    throw invalid('Number of sort dirs does not match the number of sort keys');
  }
  return keys.map((name, index) => ({ name, direction: directions[index] ?? onlyDirection }));
}

function listOf(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat();
}

function checkName(name: string): SortName {
  const known = sortNames.find((sortName) => sortName === name);
  if (known) return known;
  throw invalid(
    `Invalid sort key: ${name.slice(0, 64)}. It must be one of: ${sortNames.join(', ')}.`,
  );
}

function checkDirection(direction: string): SortKey['direction'] {
  if (direction === 'asc' || direction === 'desc') return direction;
  throw invalid(`Invalid sort direction: ${direction.slice(0, 64)}`);
}

function invalid(sentence: string): Error {
  return imageErrors.parameterInvalid({ sentence });
}
