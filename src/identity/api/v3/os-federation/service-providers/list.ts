import { listServiceProviders } from '../../../../federation/list.ts';
import { listAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { wholeListBody } from '../../lists.ts';
import { serviceProviderBody, serviceProviderSchema } from '../wire.ts';

export const listServiceProvidersEndpoint = endpoint({
  method: 'GET',
  path: '/OS-FEDERATION/service_providers',
  summary: 'List the service providers of federation.',
  requires: ['identity:federation:list'],
  status: 200,
  response: listAnswer('service_providers', serviceProviderSchema),
  handle: async (service, call) => {
    const found = await listServiceProviders(service);
    const bodies = found.map((one) => serviceProviderBody(one, call.root));
    return wholeListBody(call, '/OS-FEDERATION/service_providers', 'service_providers', bodies);
  },
});
