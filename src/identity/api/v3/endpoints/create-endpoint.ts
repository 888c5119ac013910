import { createEndpoint } from '../../../catalog/endpoints.ts';
import { identityErrors } from '../../../errors.ts';
import { extrasOf } from '../../../extras.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { EndpointCreate, endpointMembers } from './schema.ts';
import { endpointBody, endpointSchema } from './wire.ts';

export const createEndpointEndpoint = endpoint({
  method: 'POST',
  path: '/endpoints',
  summary: 'Add an address of a service to the catalog.',
  requires: ['identity:endpoints:create'],
  body: EndpointCreate,
  status: 201,
  response: oneAnswer('endpoint', endpointSchema),
  errors: [identityErrors.invalid],
  handle: async (service, call) => {
    const wanted = call.body.endpoint;
    const created = await createEndpoint(service, {
      serviceId: wanted.service_id,
      interface: wanted.interface,
      url: wanted.url,
      regionId: wanted.region_id ?? wanted.region ?? null,
      makesRegion: typeof wanted.region === 'string' && !wanted.region_id,
      isEnabled: wanted.enabled ?? true,
      extra: extrasOf(wanted, endpointMembers),
    });
    return { endpoint: endpointBody(created, call.root) };
  },
});
