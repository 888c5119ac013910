import type { ListScope } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import type { ListQuery } from '../listing/query.ts';
import type { SecurityGroupRule } from './rule.ts';
import { listRules as listRows, ruleFilters } from './store.ts';

/** Attributes by which the list can be narrowed. */
export const securityGroupRuleFilterNames: readonly string[] = Object.keys(ruleFilters);

export function listSecurityGroupRules(
  context: NetworkContext,
  scope: ListScope,
  query: ListQuery,
): Promise<SecurityGroupRule[]> {
  return listRows(context.database.queries, scope, query);
}
