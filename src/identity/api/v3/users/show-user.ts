import { identityErrors } from '../../../errors.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { oneselfOr } from './target.ts';
import { userBody, userSchema } from './wire.ts';

export const showUser = endpoint({
  method: 'GET',
  path: '/users/{user_id}',
  summary: 'Show a user: oneself, or with permission any.',
  requires: [],
  status: 200,
  response: oneAnswer('user', userSchema),
  errors: [identityErrors.userNotFound],
  target: oneselfOr('identity:users:get'),
  handle: async (_service, call, user) => ({ user: userBody(user, call.root) }),
});
