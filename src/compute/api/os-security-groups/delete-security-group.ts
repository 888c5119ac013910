import { endpoint } from '#compute/api/endpoint.ts';
import { groupErrors } from './errors.ts';
import { securityGroupTarget } from './target.ts';

export const deleteSecurityGroup = endpoint({
  method: 'DELETE',
  path: '/os-security-groups/{security_group_id}',
  until: '2.35',
  summary: 'Deletes a security group that no port is in.',
  requires: ['vpc:securityGroups:delete'],
  target: securityGroupTarget,
  status: 202,
  errors: [groupErrors.notFound, groupErrors.idMalformed],
  handle: (service, _call, group) => service.networks.proxies.groups.delete(group),
});
