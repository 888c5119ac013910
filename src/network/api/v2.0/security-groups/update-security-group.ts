import { networkErrors } from '../../../errors.ts';
import { updateSecurityGroup } from '../../../security-groups/update.ts';
import { wholeAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { readGroup, UpdateGroupBody } from './body.ts';
import { securityGroupTarget } from './target.ts';
import { groupSchema, renderGroup } from './wire.ts';

export const updateSecurityGroupEndpoint = endpoint({
  method: 'PUT',
  path: '/security-groups/{security_group_id}',
  summary: 'Changes a security group.',
  requires: ['vpc:securityGroups:update'],
  body: UpdateGroupBody,
  status: 200,
  response: wholeAnswer('security_group', groupSchema),
  errors: [networkErrors.securityGroupNotFound],
  target: securityGroupTarget,
  handle: async ({ context }, call, group) => {
    const change = readGroup(call.body.security_group);
    const updated = await updateSecurityGroup(context, group, change);
    return { security_group: renderGroup(updated) };
  },
});
