import type { ListScope } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import type { ListQuery } from '../listing/query.ts';
import type { Router } from './router.ts';
import { listRouters as listRows, routerFilters } from './store.ts';

/** Attributes by which the list can be narrowed. */
export const routerFilterNames: readonly string[] = Object.keys(routerFilters);

export function listRouters(
  context: NetworkContext,
  scope: ListScope,
  query: ListQuery,
): Promise<Router[]> {
  return listRows(context.database.queries, scope, query);
}
