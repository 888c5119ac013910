import type { Actor } from '#policy/actor.ts';
import { visibleToOwner } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import { networkErrors } from '../errors.ts';
import { checkQuota } from '../quotas/store.ts';
import { flowColumns } from '../security-groups/make.ts';
import { findGroup, updateGroupRow } from '../security-groups/store.ts';
import { newStandardRow } from '../standard.ts';
import { checkFlow, type FlowRequest } from './check.ts';
import { securityErrors } from './errors.ts';
import { meaningOf, type SecurityGroupRule } from './rule.ts';
import { findRule, findSame, insertRules } from './store.ts';

export interface NewRule extends FlowRequest {
  securityGroupId: string;
  description?: string | undefined;
}

/** What old clients are refused otherwise. */
export type RuleRefusals = Pick<typeof networkErrors, 'overQuota'> &
  Pick<typeof securityErrors, 'ruleExists'>;

/** @throws SecurityGroupNotFound, SecurityGroupRuleExists, OverQuota and those of `checkFlow`. */
export function createRule(
  context: NetworkContext,
  actor: Actor,
  wanted: NewRule,
  refuse: RuleRefusals = { ...networkErrors, ...securityErrors },
): Promise<SecurityGroupRule> {
  const flow = checkFlow(wanted);
  return context.transact(async (tx, changes) => {
    for (const id of [wanted.securityGroupId, flow.remoteGroupId]) {
      if (id === null) continue;
      const group = await findGroup(tx, id);
      if (!group || !visibleToOwner(actor, group))
        throw networkErrors.securityGroupNotFound({ id });
    }
    const group = await findGroup(tx, wanted.securityGroupId);
    const projectId = group?.projectId ?? '';
    await checkQuota(tx, 'security_group_rule', projectId, refuse);
    const same = await findSame(tx, wanted.securityGroupId, meaningOf(flow));
    if (same) throw refuse.ruleExists(same);
    const id = context.ids.uuid();
    const nowMs = context.clock.nowMs();
    await insertRules(tx, [
      {
        ...newStandardRow(id, projectId, wanted.description ?? '', nowMs),
        ...flowColumns(flow),
        security_group_id: wanted.securityGroupId,
      },
    ]);
    await updateGroupRow(tx, wanted.securityGroupId, {}, nowMs);
    changes.groups.add(wanted.securityGroupId);
    const made = await findRule(tx, id);
    if (!made) throw new Error(`rule ${id} vanished while it was made`);
    return made;
  });
}
