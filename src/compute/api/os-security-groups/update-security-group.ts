import { endpoint } from '#compute/api/endpoint.ts';
import { groupBody } from './body.ts';
import { groupErrors } from './errors.ts';
import { securityGroupTarget } from './target.ts';
import { groupAnswer, renderGroup } from './wire.ts';

export const updateSecurityGroup = endpoint({
  method: 'PUT',
  path: '/os-security-groups/{security_group_id}',
  until: '2.35',
  summary: 'Gives a security group another name and description.',
  requires: ['vpc:securityGroups:update'],
  target: securityGroupTarget,
  body: groupBody,
  status: 200,
  response: groupAnswer,
  errors: [groupErrors.notFound, groupErrors.idMalformed],
  handle: async (service, call, group) => {
    const { groups } = service.networks.proxies;
    return renderGroup(service, await groups.update(group, call.body.security_group));
  },
});
