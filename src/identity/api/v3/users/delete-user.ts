import { identityErrors } from '../../../errors.ts';
import { deleteUser } from '../../../users/delete.ts';
import { endpoint } from '../../endpoint.ts';
import { anyUser } from './target.ts';

export const deleteUserEndpoint = endpoint({
  method: 'DELETE',
  path: '/users/{user_id}',
  summary: 'Delete a user with all tokens and roles.',
  requires: ['identity:users:delete'],
  status: 204,
  errors: [identityErrors.userNotFound],
  target: anyUser,
  handle: (service, call, user) => deleteUser(service, call.actor, user),
});
