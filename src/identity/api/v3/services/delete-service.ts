import { deleteService } from '../../../catalog/services.ts';
import { identityErrors } from '../../../errors.ts';
import { endpoint } from '../../endpoint.ts';
import { anyService } from './target.ts';

export const deleteServiceEndpoint = endpoint({
  method: 'DELETE',
  path: '/services/{service_id}',
  summary: 'Delete a service with its addresses and limits.',
  requires: ['identity:services:delete'],
  status: 204,
  errors: [identityErrors.serviceNotFound, identityErrors.catalogBuiltIn],
  target: anyService,
  handle: (service, _call, found) => deleteService(service, found),
});
