import type { ListScope } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import type { ListQuery } from '../listing/query.ts';
import { portFilters } from './listing/store.ts';
import type { Port } from './port.ts';
import { listPorts as listRows } from './store.ts';

/** Attributes by which the list can be narrowed. */
export const portFilterNames: readonly string[] = Object.keys(portFilters);

export function listPorts(
  context: NetworkContext,
  scope: ListScope,
  query: ListQuery,
): Promise<Port[]> {
  return listRows(context.database.queries, scope, query);
}
