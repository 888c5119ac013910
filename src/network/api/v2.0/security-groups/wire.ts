import type { SecurityGroup } from '../../../security-groups/security-group.ts';
import { renderStandard } from '../../standard.ts';
import { renderRule } from '../security-group-rules/wire.ts';

export function renderGroup(group: SecurityGroup): Record<string, unknown> {
  return {
    id: group.id,
    name: group.name,
    stateful: group.stateful,
    shared: false,
    security_group_rules: group.rules.map(renderRule),
    ...renderStandard(group),
  };
}
