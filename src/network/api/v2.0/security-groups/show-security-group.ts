import { networkErrors } from '../../../errors.ts';
import { findGroup } from '../../../security-groups/store.ts';
import { endpoint } from '../../endpoint.ts';
import { answerOne } from '../../lists.ts';
import { renderGroup } from './wire.ts';

export const showSecurityGroupEndpoint = endpoint({
  method: 'GET',
  path: '/security-groups/{security_group_id}',
  summary: 'Shows a security group.',
  requires: ['vpc:securityGroups:get'],
  status: 200,
  errors: [networkErrors.securityGroupNotFound],
  target: {
    find: ({ context }, { params }) =>
      findGroup(context.database.queries, params.security_group_id),
    absent: ({ params }) => networkErrors.securityGroupNotFound({ id: params.security_group_id }),
  },
  handle: async (_service, call, group) => answerOne(call, 'security_group', renderGroup(group)),
});
