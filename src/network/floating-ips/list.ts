import type { ListScope } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import type { ListQuery } from '../listing/query.ts';
import type { FloatingIp } from './floating-ip.ts';
import { floatingIpFilters, listFloatingIps as listRows } from './store.ts';

/** Attributes by which the list can be narrowed. */
export const floatingIpFilterNames: readonly string[] = Object.keys(floatingIpFilters);

export function listFloatingIps(
  context: NetworkContext,
  scope: ListScope,
  query: ListQuery,
): Promise<FloatingIp[]> {
  return listRows(context.database.queries, scope, query);
}
