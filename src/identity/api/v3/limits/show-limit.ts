import { identityErrors } from '../../../errors.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { shownLimit } from './target.ts';
import { limitBody, limitSchema } from './wire.ts';

export const showLimit = endpoint({
  method: 'GET',
  path: '/limits/{limit_id}',
  summary: "Show a limit: of one's token's project or domain, or with permission any.",
  requires: [],
  status: 200,
  response: oneAnswer('limit', limitSchema),
  errors: [identityErrors.limitNotFound],
  target: shownLimit,
  handle: async (_service, call, limit) => ({ limit: limitBody(limit, call.root) }),
});
