import { deleteEndpoint } from '../../../catalog/endpoints.ts';
import { identityErrors } from '../../../errors.ts';
import { endpoint } from '../../endpoint.ts';
import { anyEndpoint } from './target.ts';

export const deleteEndpointEndpoint = endpoint({
  method: 'DELETE',
  path: '/endpoints/{endpoint_id}',
  summary: 'Delete an address from the catalog.',
  requires: ['identity:endpoints:delete'],
  status: 204,
  errors: [identityErrors.endpointNotFound, identityErrors.catalogBuiltIn],
  target: anyEndpoint,
  handle: (service, _call, found) => deleteEndpoint(service, found),
});
