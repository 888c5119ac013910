import type { ListScope } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import type { ListQuery } from '../listing/query.ts';
import type { SecurityGroup } from './security-group.ts';
import { groupFilters, listGroups as listRows } from './store.ts';

/** Attributes by which the list can be narrowed. */
export const securityGroupFilterNames: readonly string[] = Object.keys(groupFilters);

export function listSecurityGroups(
  context: NetworkContext,
  scope: ListScope,
  query: ListQuery,
): Promise<SecurityGroup[]> {
  return listRows(context.database.queries, scope, query);
}
