import { networkErrors } from '../../../errors.ts';
import { createSecurityGroup } from '../../../security-groups/create.ts';
import { wholeAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { ownerOf } from '../../values.ts';
import { CreateGroupBody, readNewGroup } from './body.ts';
import { groupSchema, renderGroup } from './wire.ts';

export const createSecurityGroupEndpoint = endpoint({
  method: 'POST',
  path: '/security-groups',
  summary: 'Makes a security group.',
  requires: ['vpc:securityGroups:create'],
  body: CreateGroupBody,
  status: 201,
  response: wholeAnswer('security_group', groupSchema),
  errors: [networkErrors.overQuota],
  handle: async ({ context }, call) => {
    const body = call.body.security_group;
    const wanted = { ...readNewGroup(body), projectId: ownerOf(body) };
    const group = await createSecurityGroup(context, call.actor, wanted);
    return { security_group: renderGroup(group) };
  },
});
