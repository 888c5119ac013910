import { identityErrors } from '../../../errors.ts';
import { updateLimit } from '../../../limits/limits.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { LimitUpdate } from './schema.ts';
import { anyLimit } from './target.ts';
import { limitBody, limitSchema } from './wire.ts';

export const updateLimitEndpoint = endpoint({
  method: 'PATCH',
  path: '/limits/{limit_id}',
  summary: 'Change the number or the description of a limit.',
  requires: ['identity:limits:update'],
  body: LimitUpdate,
  status: 200,
  response: oneAnswer('limit', limitSchema),
  errors: [identityErrors.limitNotFound],
  target: anyLimit,
  handle: async (service, call, limit) => {
    const { resource_limit: resourceLimit, description } = call.body.limit;
    const changed = await updateLimit(service, limit, { resourceLimit, description });
    return { limit: limitBody(changed, call.root) };
  },
});
