import { networkErrors } from '../../../errors.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { answerOne } from '../../lists.ts';
import { securityGroupTarget } from './target.ts';
import { groupSchema, renderGroup } from './wire.ts';

export const showSecurityGroupEndpoint = endpoint({
  method: 'GET',
  path: '/security-groups/{security_group_id}',
  summary: 'Shows a security group.',
  requires: ['vpc:securityGroups:get'],
  status: 200,
  response: oneAnswer('security_group', groupSchema),
  errors: [networkErrors.securityGroupNotFound],
  target: securityGroupTarget,
  handle: async (_service, call, group) => answerOne(call, 'security_group', renderGroup(group)),
});
