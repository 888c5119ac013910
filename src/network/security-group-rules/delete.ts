import type { Allowed } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import { networkErrors } from '../errors.ts';
import { updateGroupRow } from '../security-groups/store.ts';
import type { SecurityGroupRule } from './rule.ts';
import { deleteRule as deleteRow, findRule } from './store.ts';

/** @throws SecurityGroupRuleNotFound when another request was faster. */
export function deleteRule(
  context: NetworkContext,
  target: Allowed<SecurityGroupRule>,
): Promise<void> {
  return context.transact(async (tx, changes) => {
    const { id, securityGroupId } = target;
    if (!(await findRule(tx, id))) throw networkErrors.securityGroupRuleNotFound({ id });
    await deleteRow(tx, id);
    await updateGroupRow(tx, securityGroupId, {}, context.clock.nowMs());
    changes.groups.add(securityGroupId);
  });
}
