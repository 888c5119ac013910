import type { SecurityGroupRule } from '../../../security-group-rules/rule.ts';
import { renderStandard } from '../../standard.ts';

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
