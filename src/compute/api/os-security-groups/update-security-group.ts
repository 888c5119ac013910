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
  errors: [groupErrors.notFound, groupErrors.idMalformed, groupErrors.defaultStaysAsItIs],
  handle: async (service, call, group) => {
    // The 2017 reference (22.4) lets nothing of it be changed, Neutron all but its name.
    if (call.surface === 'compute-v2' && group.isDefault) throw groupErrors.defaultStaysAsItIs();
    const { groups } = service.networks.proxies;
    return renderGroup(service, await groups.update(group, call.body.security_group));
  },
});
