import { identityErrors } from '../../../../errors.ts';
import { oneAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { anyServiceProvider } from '../target.ts';
import { serviceProviderBody, serviceProviderSchema } from '../wire.ts';

export const showServiceProvider = endpoint({
  method: 'GET',
  path: '/OS-FEDERATION/service_providers/{sp_id}',
  summary: 'Show one of the service providers of federation.',
  requires: ['identity:federation:get'],
  status: 200,
  response: oneAnswer('service_provider', serviceProviderSchema),
  errors: [identityErrors.serviceProviderNotFound],
  target: anyServiceProvider,
  handle: async (_service, call, found) => ({
    service_provider: serviceProviderBody(found, call.root),
  }),
});
