import { networkErrors } from '../../../errors.ts';
import { deleteSecurityGroup } from '../../../security-groups/delete.ts';
import { endpoint } from '../../endpoint.ts';
import { securityGroupTarget } from './target.ts';

export const deleteSecurityGroupEndpoint = endpoint({
  method: 'DELETE',
  path: '/security-groups/{security_group_id}',
  summary: 'Deletes a security group.',
  requires: ['vpc:securityGroups:delete'],
  status: 204,
  errors: [networkErrors.securityGroupNotFound],
  target: securityGroupTarget,
  handle: ({ context }, _call, group) => deleteSecurityGroup(context, group),
});
