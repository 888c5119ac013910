import { identityErrors } from '../../../errors.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { anyEndpoint } from './target.ts';
import { endpointBody, endpointSchema } from './wire.ts';

export const showEndpoint = endpoint({
  method: 'GET',
  path: '/endpoints/{endpoint_id}',
  summary: 'Show a part of the catalog: an endpoint.',
  requires: ['identity:endpoints:get'],
  status: 200,
  response: oneAnswer('endpoint', endpointSchema),
  errors: [identityErrors.endpointNotFound],
  target: anyEndpoint,
  handle: async (_service, call, found) => ({ endpoint: endpointBody(found, call.root) }),
});
