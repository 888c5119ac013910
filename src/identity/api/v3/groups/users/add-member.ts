import { identityErrors } from '../../../../errors.ts';
import { addMember } from '../../../../groups/members.ts';
import { endpoint } from '../../../endpoint.ts';
import { anyMembership } from '../target.ts';

export const addMemberEndpoint = endpoint({
  method: 'PUT',
  path: '/groups/{group_id}/users/{user_id}',
  summary: 'Add a user to a group.',
  requires: ['identity:groups:addUser'],
  status: 204,
  errors: [identityErrors.groupNotFound, identityErrors.userNotFound],
  target: anyMembership,
  handle: (service, { actor }, membership) => addMember(service, actor, membership),
});
