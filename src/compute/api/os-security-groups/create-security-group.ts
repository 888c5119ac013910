import { endpoint } from '#compute/api/endpoint.ts';
import { groupBody } from './body.ts';
import { groupErrors } from './errors.ts';
import { groupAnswer, renderGroup } from './wire.ts';

export const createSecurityGroup = endpoint({
  method: 'POST',
  path: '/os-security-groups',
  until: '2.35',
  summary: 'Makes a security group.',
  requires: ['vpc:securityGroups:create'],
  body: groupBody,
  status: 200,
  response: groupAnswer,
  handle: async (service, call) => {
    if (call.actor.projectId === null) throw groupErrors.projectNeeded();
    const { groups } = service.networks.proxies;
    const made = await groups.create(call.actor, call.body.security_group);
    return renderGroup(service, made);
  },
});
