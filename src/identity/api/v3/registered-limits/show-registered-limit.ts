import { identityErrors } from '../../../errors.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { anyRegisteredLimit } from './target.ts';
import { registeredLimitBody, registeredLimitSchema } from './wire.ts';

export const showRegisteredLimit = endpoint({
  method: 'GET',
  path: '/registered_limits/{registered_limit_id}',
  summary: 'Show how much of a resource every project may have.',
  requires: [],
  status: 200,
  response: oneAnswer('registered_limit', registeredLimitSchema),
  errors: [identityErrors.registeredLimitNotFound],
  target: anyRegisteredLimit,
  handle: async (_service, call, limit) => ({
    registered_limit: registeredLimitBody(limit, call.root),
  }),
});
