import { endpoint } from '#compute/api/endpoint.ts';
import { groupErrors } from './errors.ts';
import { securityGroupTarget } from './target.ts';
import { groupAnswer, renderGroup } from './wire.ts';

export const showSecurityGroup = endpoint({
  method: 'GET',
  path: '/os-security-groups/{security_group_id}',
  until: '2.35',
  summary: 'Shows a security group.',
  requires: ['vpc:securityGroups:get'],
  target: securityGroupTarget,
  status: 200,
  response: groupAnswer,
  errors: [groupErrors.notFound, groupErrors.idMalformed],
  handle: (service, _call, group) => renderGroup(service, group),
});
