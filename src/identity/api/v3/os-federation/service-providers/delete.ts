import { identityErrors } from '../../../../errors.ts';
import { deleteServiceProvider } from '../../../../federation/change.ts';
import { endpoint } from '../../../endpoint.ts';
import { anyServiceProvider } from '../target.ts';

export const deleteServiceProviderEndpoint = endpoint({
  method: 'DELETE',
  path: '/OS-FEDERATION/service_providers/{sp_id}',
  summary: 'Delete one of the service providers of federation, at once.',
  requires: ['identity:federation:delete'],
  status: 204,
  errors: [identityErrors.serviceProviderNotFound],
  target: anyServiceProvider,
  handle: (service, _call, found) => deleteServiceProvider(service, found),
});
