import { networkErrors } from '../../../errors.ts';
import { deleteSecurityGroup } from '../../../security-groups/delete.ts';
import { findGroup } from '../../../security-groups/store.ts';
import { endpoint } from '../../endpoint.ts';

export const deleteSecurityGroupEndpoint = endpoint({
  method: 'DELETE',
  path: '/security-groups/{security_group_id}',
  summary: 'Deletes a security group.',
  requires: ['vpc:securityGroups:delete'],
  status: 204,
  errors: [networkErrors.securityGroupNotFound],
  target: {
    find: ({ context }, { params }) =>
      findGroup(context.database.queries, params.security_group_id),
    absent: ({ params }) => networkErrors.securityGroupNotFound({ id: params.security_group_id }),
  },
  handle: ({ context }, _call, group) => deleteSecurityGroup(context, group),
});
