import type { TextFilter } from '#db/text-filters.ts';

/** How clients ask for a part of a name: `?name__icontains=web`. */
export type NameFilter = TextFilter;

/** What a list may be asked about the names in it; every filter must match. */
export interface NameFilters {
  name?: string | undefined;
  nameFilters?: readonly NameFilter[] | undefined;
}

/** The same rules as the database's, for lists that stand in no table. */
export function isNamed(name: string, asked: NameFilters): boolean {
  const { nameFilters = [] } = asked;
  if (asked.name !== undefined && asked.name !== name) return false;
  return nameFilters.every((filter) => nameMatches(name, filter));
}

export function nameMatches(name: string, filter: NameFilter): boolean {
  const { at, ignoresCase } = filter;
  const value = ignoresCase ? name.toLowerCase() : name;
  const text = ignoresCase ? filter.text.toLowerCase() : filter.text;
  if (at === 'start') return value.startsWith(text);
  return at === 'end' ? value.endsWith(text) : value.includes(text);
}
