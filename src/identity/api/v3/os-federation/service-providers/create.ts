import { identityErrors } from '../../../../errors.ts';
import { writeServiceProvider } from '../../../../federation/change.ts';
import { oneAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { ServiceProviderCreate } from '../schema.ts';
import { chosenId } from '../target.ts';
import { serviceProviderBody, serviceProviderSchema } from '../wire.ts';

export const createServiceProvider = endpoint({
  method: 'PUT',
  path: '/OS-FEDERATION/service_providers/{sp_id}',
  summary: 'Add to the service providers of federation, under the id in the path.',
  requires: ['identity:federation:create'],
  body: ServiceProviderCreate,
  status: 201,
  response: oneAnswer('service_provider', serviceProviderSchema),
  errors: [identityErrors.idTaken, identityErrors.invalid],
  handle: async (service, call) => {
    const id = chosenId(call.params.sp_id);
    const wanted = call.body.service_provider;
    const provider = {
      id,
      authUrl: wanted.auth_url,
      spUrl: wanted.sp_url,
      description: wanted.description ?? null,
      isEnabled: wanted.enabled ?? false,
      relayStatePrefix: wanted.relay_state_prefix ?? 'ss:mem:',
    };
    const created = await writeServiceProvider(service, provider, true);
    return { service_provider: serviceProviderBody(created, call.root) };
  },
});
