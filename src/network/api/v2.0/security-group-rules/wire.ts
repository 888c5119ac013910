import { Type } from 'typebox';
import type { SecurityGroupRule } from '../../../security-group-rules/rule.ts';
import { closed, integer, standardShape, text, textOrNull } from '../../answers.ts';
import { renderStandard } from '../../standard.ts';

const integerOrNull = Type.Union([integer, Type.Null()]);

export const ruleSchema = Type.Object(
  {
    id: text,
    security_group_id: text,
    direction: Type.Enum(['ingress', 'egress']),
    ethertype: Type.Enum(['IPv4', 'IPv6']),
    protocol: textOrNull,
    port_range_min: integerOrNull,
    port_range_max: integerOrNull,
    remote_group_id: textOrNull,
    remote_ip_prefix: textOrNull,
    normalized_cidr: textOrNull,
    remote_address_group_id: Type.Null(),
    ...standardShape,
  },
  closed,
);

export function renderRule(rule: SecurityGroupRule): Record<string, unknown> {
  return {
    id: rule.id,
    security_group_id: rule.securityGroupId,
    direction: rule.direction,
    ethertype: rule.ethertype,
    protocol: rule.protocol,
    port_range_min: rule.portRangeMin,
    port_range_max: rule.portRangeMax,
    remote_group_id: rule.remoteGroupId,
    remote_ip_prefix: rule.remoteIpPrefix,
    normalized_cidr: rule.normalizedCidr,
    remote_address_group_id: null,
    ...renderStandard(rule),
  };
}
