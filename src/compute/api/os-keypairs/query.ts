import { Type } from 'typebox';
import { closedSince } from '#compute/api/closed-query.ts';
import { knownQuery } from '#compute/api/known-query.ts';
import type { Call } from '#endpoints/endpoint.ts';

/** Administrators may name another user since 2.10. */
export const ownerQuery = closedSince('2.75', {
  user_id: Type.Optional(Type.String({ since: '2.10' })),
});

/** Lists have pages since 2.35. */
export const listQuery = closedSince('2.75', {
  user_id: Type.Optional(Type.String({ since: '2.10' })),
  limit: Type.Optional(Type.Integer({ minimum: 0, since: '2.35' })),
  marker: Type.Optional(Type.String({ since: '2.35' })),
});

/** The user that the query names, in versions that know the member. */
export function userNamed(
  call: Pick<Call<unknown, unknown, unknown>, 'query' | 'version'>,
): string | undefined {
  return knownQuery(ownerQuery, call).user_id;
}
