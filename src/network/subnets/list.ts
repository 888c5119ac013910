import type { ListScope } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import type { ListQuery } from '../listing/query.ts';
import { listSubnets as listRows, subnetFilters } from './store.ts';
import type { Subnet } from './subnet.ts';

/** Attributes by which the list can be narrowed. */
export const subnetFilterNames: readonly string[] = Object.keys(subnetFilters);

export function listSubnets(
  context: NetworkContext,
  scope: ListScope,
  query: ListQuery,
): Promise<Subnet[]> {
  return listRows(context.database.queries, scope, query);
}
