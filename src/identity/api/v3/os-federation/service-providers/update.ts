import { identityErrors } from '../../../../errors.ts';
import { writeServiceProvider } from '../../../../federation/change.ts';
import { oneAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { ServiceProviderUpdate } from '../schema.ts';
import { anyServiceProvider } from '../target.ts';
import { serviceProviderBody, serviceProviderSchema } from '../wire.ts';

export const updateServiceProvider = endpoint({
  method: 'PATCH',
  path: '/OS-FEDERATION/service_providers/{sp_id}',
  summary: 'Change one of the service providers of federation.',
  requires: ['identity:federation:update'],
  body: ServiceProviderUpdate,
  status: 200,
  response: oneAnswer('service_provider', serviceProviderSchema),
  errors: [identityErrors.serviceProviderNotFound, identityErrors.idTaken, identityErrors.invalid],
  target: anyServiceProvider,
  handle: async (service, call, before) => {
    const wanted = call.body.service_provider;
    const provider = {
      id: before.id,
      authUrl: wanted.auth_url ?? before.authUrl,
      spUrl: wanted.sp_url ?? before.spUrl,
      description: wanted.description === undefined ? before.description : wanted.description,
      isEnabled: wanted.enabled ?? before.isEnabled,
      relayStatePrefix: wanted.relay_state_prefix ?? before.relayStatePrefix,
    };
    const changed = await writeServiceProvider(service, provider, false);
    return { service_provider: serviceProviderBody(changed, call.root) };
  },
});
