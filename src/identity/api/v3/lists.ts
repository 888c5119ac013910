import { type Static, Type } from 'typebox';
import { limits } from '#base/limits.ts';
import type { NameFilter, NameFilters } from '../../listing/names.ts';
import type { Page, PageRequest } from '../../listing/page.ts';

/** Every list can be cut into pages; other parameters than those named are ignored. */
export const pageParameters = {
  limit: Type.Optional(Type.Integer({ minimum: 1 })),
  marker: Type.Optional(Type.String()),
};

/** Keystone's inexact filters of names. */
export const nameParameters = {
  name: Type.Optional(Type.String()),
  name__contains: Type.Optional(Type.String()),
  name__icontains: Type.Optional(Type.String()),
  name__startswith: Type.Optional(Type.String()),
  name__istartswith: Type.Optional(Type.String()),
  name__endswith: Type.Optional(Type.String()),
  name__iendswith: Type.Optional(Type.String()),
};

const NameQuery = Type.Object(nameParameters);

/** What `nameParameters` ask for: a whole name, parts of it, or both. */
export function namesAsked(query: Static<typeof NameQuery>): NameFilters {
  const filters: (NameFilter | undefined)[] = [
    inexact(query.name__contains, 'anywhere', false),
    inexact(query.name__icontains, 'anywhere', true),
    inexact(query.name__startswith, 'start', false),
    inexact(query.name__istartswith, 'start', true),
    inexact(query.name__endswith, 'end', false),
    inexact(query.name__iendswith, 'end', true),
  ];
  return { name: query.name, nameFilters: filters.filter((filter) => filter !== undefined) };
}

function inexact(
  text: string | undefined,
  at: NameFilter['at'],
  ignoresCase: boolean,
): NameFilter | undefined {
  return text === undefined ? undefined : { at, ignoresCase, text };
}

const PageQuery = Type.Object(pageParameters);

/** More than `limits.pageItems` are never given at once. */
export function pageRequest(query: Static<typeof PageQuery>): PageRequest {
  const limit = Math.min(query.limit ?? limits.pageItems, limits.pageItems);
  return { limit, marker: query.marker };
}

/** One page with its links; a page that is not the last says so twice, as Keystone does. */
export function listBody<T extends { id: string }>(
  call: { root: string; query: unknown },
  path: string,
  name: string,
  page: Page<T>,
  render: (item: T, root: string) => unknown,
): Record<string, unknown> {
  const last = page.items.at(-1);
  const next = page.isTruncated && last ? nextLink(call, path, last.id) : null;
  return {
    [name]: page.items.map((item) => render(item, call.root)),
    links: { self: selfLink(call, path), next, previous: null },
    ...(next === null ? {} : { truncated: true }),
  };
}

/** A list that is never cut. */
export function wholeListBody(
  call: { root: string; query: unknown },
  path: string,
  name: string,
  items: readonly unknown[],
): Record<string, unknown> {
  return { [name]: items, links: { self: selfLink(call, path), next: null, previous: null } };
}

function selfLink(call: { root: string; query: unknown }, path: string): string {
  const text = parametersOf(call.query).toString();
  return call.root + path + (text ? `?${text}` : '');
}

function nextLink(call: { root: string; query: unknown }, path: string, lastId: string): string {
  const parameters = parametersOf(call.query);
  parameters.set('marker', lastId);
  return `${call.root}${path}?${parameters}`;
}

function parametersOf(query: unknown): URLSearchParams {
  const entries = Object.entries(query as Record<string, unknown>);
  return new URLSearchParams(entries.map(([name, value]) => [name, String(value)]));
}

const falseWords = ['0', 'false', 'f', 'no', 'n', 'off'];

/** A flag in a query: `?effective` alone and every word that does not deny mean yes. */
export function isTrue(word: string | undefined): boolean | undefined {
  return word === undefined ? undefined : !falseWords.includes(word.toLowerCase());
}
