import type { Static, TObject } from 'typebox';
import { type VersionRange, withinRange } from '#base/microversion.ts';
import type { Call } from '#endpoints/endpoint.ts';

/**
 * The members of a query that exist in the request's version. Nova ignores members that came with
 * a later version, so a handler must not see them.
 */
export function knownQuery<Query extends TObject>(
  schema: Query,
  call: Pick<Call<unknown, unknown, unknown>, 'query' | 'version'>,
): Partial<Static<Query>> {
  const query = call.query as Record<string, unknown>;
  const known = Object.entries(schema.properties).filter(
    ([name, member]) => name in query && withinRange(call.version, member as VersionRange),
  );
  return Object.fromEntries(known.map(([name]) => [name, query[name]])) as Partial<Static<Query>>;
}
