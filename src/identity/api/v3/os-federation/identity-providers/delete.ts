import { identityErrors } from '../../../../errors.ts';
import { deleteProvider } from '../../../../federation/change.ts';
import { endpoint } from '../../../endpoint.ts';
import { anyProvider } from '../target.ts';

export const deleteProviderEndpoint = endpoint({
  method: 'DELETE',
  path: '/OS-FEDERATION/identity_providers/{idp_id}',
  summary: 'Delete one of the identity providers of federation, at once.',
  requires: ['identity:federation:delete'],
  status: 204,
  errors: [identityErrors.providerNotFound],
  target: anyProvider,
  handle: (service, _call, found) => deleteProvider(service, found),
});
