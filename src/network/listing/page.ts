import type { ListQuery } from './query.ts';

/** Keeps the attributes that `fields` names; all of them when it names none. */
export function pickFields(
  resource: Record<string, unknown>,
  fields: readonly string[],
): Record<string, unknown> {
  if (fields.length === 0) return resource;
  return Object.fromEntries(Object.entries(resource).filter(([name]) => fields.includes(name)));
}

/**
 * `{ networks: […], networks_links: […] }`. Links are there when the client asked for pages, or
 * when there may be more than one page holds.
 * @param url address of the collection, without query.
 * @param ids of the resources, in order, whatever fields are shown of them.
 */
export function listBody(
  collection: string,
  resources: readonly Record<string, unknown>[],
  ids: readonly string[],
  query: ListQuery,
  request: { url: string; query: unknown },
): Record<string, unknown> {
  const body = { [collection]: resources.map((resource) => pickFields(resource, query.fields)) };
  const isFull = ids.length === query.limit;
  if (!query.paged && !isFull) return body;
  const links: { rel: string; href: string }[] = [];
  const link = (rel: string, marker: string | undefined, reverse: boolean) => {
    if (marker === undefined) return;
    links.push({ rel, href: pageAddress(request, marker, reverse, query.limit) });
  };
  // Going backwards, a full page says that there is more before it, not after it.
  if (query.reverse ? query.marker !== undefined : isFull) link('next', ids.at(-1), false);
  if (query.reverse ? isFull : query.marker !== undefined) link('previous', ids[0], true);
  if (links.length > 0) body[`${collection}_links`] = links as never;
  return body;
}

function pageAddress(
  request: { url: string; query: unknown },
  marker: string,
  reverse: boolean,
  limit: number,
): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries((request.query ?? {}) as Record<string, unknown>)) {
    if (name === 'marker' || name === 'page_reverse' || name === 'limit') continue;
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(name, String(one));
  }
  parameters.set('limit', String(limit));
  parameters.set('marker', marker);
  if (reverse) parameters.set('page_reverse', 'True');
  return `${request.url}?${parameters}`;
}
