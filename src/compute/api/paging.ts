import { type TSchema, Type } from 'typebox';
import { defineError } from '#base/errors.ts';
import { limits } from '#base/limits.ts';
import type { Call } from '#endpoints/endpoint.ts';

/** The paging members of a list's query. */
export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 0 })),
  marker: Type.Optional(Type.String()),
};

/** Nova's later lists want each of its parameters said once. */
export const once = { 'x-once': true };

export const pageQueryOnce = {
  limit: Type.Optional(Type.Integer({ minimum: 0, ...once })),
  marker: Type.Optional(Type.String(once)),
};

export const pagingErrors = {
  limitMalformed: defineError<{ limit: string }>({
    code: 'InvalidLimit',
    kind: 'bad-request',
    message: ({ limit }) =>
      `Invalid input for query parameters limit. Value: ${limit.slice(0, 64)}. ` +
      'It must be a number of items, 0 or more.',
  }),
  limitTooLarge: defineError<{ limit: number }>({
    code: 'PageLimitExceeded',
    kind: 'forbidden',
    message: ({ limit }) =>
      `limit ${limit} is more than the ${limits.pageItems} items of the largest page.`,
  }),
  markerNotFound: defineError<{ marker: string }>({
    code: 'MarkerNotFound',
    kind: 'bad-request',
    message: ({ marker }) => `marker [${marker}] not found`,
  }),
};

/** What a client asked for, within the largest page. */
export interface PageAsked {
  /** 0 asks for nothing and gets an empty list. */
  limit: number;
  /** Id of the last item of the page before. */
  marker: string | undefined;
}

type PagedCall = Pick<Call<unknown, unknown, unknown>, 'query' | 'surface'>;

/**
 * A limit above the largest page is cut to it by v2.1, as Nova does, and refused with 403 by v2,
 * as the 2017 reference has it (3.1). Of a repeated member the last one counts.
 */
export function readPage(call: PagedCall): PageAsked {
  const query = call.query as Record<string, unknown>;
  const limit = readLimit([query.limit].flat().at(-1));
  const marker = [query.marker].flat().at(-1);
  if (limit > limits.pageItems && call.surface === 'compute-v2') {
    throw pagingErrors.limitTooLarge({ limit });
  }
  return {
    limit: Math.min(limit, limits.pageItems),
    marker: marker === undefined ? undefined : String(marker),
  };
}

function readLimit(value: unknown): number {
  if (value === undefined) return limits.pageItems;
  const text = String(value);
  const limit = Number(text);
  if (text === '' || !Number.isInteger(limit) || limit < 0) {
    throw pagingErrors.limitMalformed({ limit: text });
  }
  return limit;
}

export interface Link {
  rel: string;
  href: string;
}

export const linkSchema = Type.Object({ rel: Type.String(), href: Type.String() });

/** The answer of a list: `listSchema('flavors', flavorWire.schema)`. */
export function listSchema(collection: string, item: TSchema): TSchema {
  return Type.Object(
    {
      [collection]: Type.Array(item),
      [`${collection}_links`]: Type.Optional(Type.Array(linkSchema)),
    },
    { additionalProperties: false },
  );
}

/**
 * The `…_links` of a list: only there when more follows. The other query members are kept, so
 * that the next page is one of the same list.
 * @param collection path below the mount: `flavors/detail`
 * @param hasMore known by asking the store for one item more than the page
 * @param lastId what `marker` means in this list, of the last item shown
 */
export function nextLinks(
  call: Pick<Call<unknown, unknown, unknown>, 'root' | 'query'>,
  collection: string,
  hasMore: boolean,
  lastId: string | undefined,
): Link[] | undefined {
  if (!hasMore || lastId === undefined) return undefined;
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query as Record<string, unknown>)) {
    if (name === 'marker') continue;
    for (const member of [value].flat()) parameters.append(name, String(member));
  }
  parameters.set('marker', lastId);
  return [{ rel: 'next', href: `${call.root}/${collection}?${parameters}` }];
}
