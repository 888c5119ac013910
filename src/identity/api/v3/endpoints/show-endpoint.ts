import { identityErrors } from '../../../errors.ts';
import { endpoint } from '../../endpoint.ts';
import { endpointBody, endpointsIn } from './wire.ts';

export const showEndpoint = endpoint({
  method: 'GET',
  path: '/endpoints/{endpoint_id}',
  summary: 'Show an address of the catalog.',
  requires: ['identity:endpoints:get'],
  status: 200,
  errors: [identityErrors.endpointNotFound],
  handle: async (service, call) => {
    const id = call.params.endpoint_id;
    const view = endpointsIn(service.catalog()).find((candidate) => candidate.id === id);
    if (!view) throw identityErrors.endpointNotFound({ id });
    return { endpoint: endpointBody(view, call.root) };
  },
});
