import { Type } from 'typebox';
import type { SecurityGroup } from '../../../security-groups/security-group.ts';
import { boolean, closed, standardShape, text } from '../../answers.ts';
import { renderStandard } from '../../standard.ts';
import { renderRule, ruleSchema } from '../security-group-rules/wire.ts';

export const groupSchema = Type.Object(
  {
    id: text,
    name: text,
    stateful: boolean,
    shared: boolean,
    security_group_rules: Type.Array(ruleSchema),
    ...standardShape,
  },
  closed,
);

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
