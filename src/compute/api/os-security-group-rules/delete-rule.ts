import { endpoint } from '#compute/api/endpoint.ts';
import type { ComputeService } from '#compute/service.ts';
import { networkThing, type SecurityGroupRule } from '#network/service.ts';
import { absentRule, groupErrors } from '../os-security-groups/errors.ts';

interface Named {
  params: { security_group_rule_id: string };
}

const ruleTarget = {
  find: (service: ComputeService, { params }: Named): Promise<SecurityGroupRule | undefined> =>
    service.networks.proxies.groups.findRule(params.security_group_rule_id),
  thing: networkThing('securityGroupRule'),
  absent: ({ params }: Named) => absentRule(params.security_group_rule_id),
};

export const deleteRule = endpoint({
  method: 'DELETE',
  path: '/os-security-group-rules/{security_group_rule_id}',
  until: '2.35',
  summary: 'Deletes a rule of a security group.',
  requires: ['vpc:securityGroupRules:delete'],
  target: ruleTarget,
  status: 202,
  errors: [groupErrors.ruleNotFound, groupErrors.idMalformed],
  handle: (service, _call, rule) => service.networks.proxies.groups.deleteRule(rule),
});
