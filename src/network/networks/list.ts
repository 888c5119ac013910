import type { ListScope } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import type { ListQuery } from '../listing/query.ts';
import type { Network } from './network.ts';
import { listNetworks as listRows, networkFilters } from './store.ts';

/** Attributes by which the list can be narrowed. */
export const networkFilterNames: readonly string[] = Object.keys(networkFilters);

export function listNetworks(
  context: NetworkContext,
  scope: ListScope,
  query: ListQuery,
): Promise<Network[]> {
  return listRows(context.database.queries, scope, query);
}
