import { identityErrors } from '../../../../errors.ts';
import { removeMember } from '../../../../groups/members.ts';
import { endpoint } from '../../../endpoint.ts';
import { anyMembership } from '../target.ts';

export const removeMemberEndpoint = endpoint({
  method: 'DELETE',
  path: '/groups/{group_id}/users/{user_id}',
  summary: 'Take a user out of a group.',
  requires: ['identity:groups:removeUser'],
  status: 204,
  errors: [
    identityErrors.groupNotFound,
    identityErrors.userNotFound,
    identityErrors.memberNotFound,
  ],
  target: anyMembership,
  handle: (service, _call, membership) => removeMember(service, membership),
});
