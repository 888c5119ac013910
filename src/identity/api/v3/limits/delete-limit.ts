import { identityErrors } from '../../../errors.ts';
import { deleteLimit } from '../../../limits/limits.ts';
import { endpoint } from '../../endpoint.ts';
import { anyLimit } from './target.ts';

export const deleteLimitEndpoint = endpoint({
  method: 'DELETE',
  path: '/limits/{limit_id}',
  summary: 'Delete a limit; the registered default holds again.',
  requires: ['identity:limits:delete'],
  status: 204,
  errors: [identityErrors.limitNotFound],
  target: anyLimit,
  handle: (service, _call, limit) => deleteLimit(service, limit),
});
