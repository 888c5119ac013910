import { identityErrors } from '../../../../errors.ts';
import { checkMember } from '../../../../groups/members.ts';
import { endpoint } from '../../../endpoint.ts';
import { anyMembership } from '../target.ts';

export const checkMemberEndpoint = endpoint({
  method: 'GET',
  path: '/groups/{group_id}/users/{user_id}',
  summary: 'Check whether a user is in a group.',
  requires: ['identity:groups:get'],
  status: 204,
  errors: [
    identityErrors.groupNotFound,
    identityErrors.userNotFound,
    identityErrors.memberNotFound,
  ],
  target: anyMembership,
  handle: (service, _call, membership) => checkMember(service, membership),
});
