import { identityErrors } from '../../../errors.ts';
import { endpoint } from '../../endpoint.ts';
import { oneselfOr } from './target.ts';
import { userBody } from './wire.ts';

export const showUser = endpoint({
  method: 'GET',
  path: '/users/{user_id}',
  summary: 'Show a user: oneself, or with permission any.',
  requires: [],
  status: 200,
  errors: [identityErrors.userNotFound],
  target: oneselfOr('identity:users:get'),
  handle: async (_service, call, user) => ({ user: userBody(user, call.root) }),
});
