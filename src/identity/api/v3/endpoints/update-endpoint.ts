import { updateEndpoint } from '../../../catalog/endpoints.ts';
import { identityErrors } from '../../../errors.ts';
import { extrasOf } from '../../../extras.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { EndpointUpdate, endpointMembers } from './schema.ts';
import { anyEndpoint } from './target.ts';
import { endpointBody, endpointSchema } from './wire.ts';

export const updateEndpointEndpoint = endpoint({
  method: 'PATCH',
  path: '/endpoints/{endpoint_id}',
  summary: 'Change an address in the catalog; a disabled one is in no token.',
  requires: ['identity:endpoints:update'],
  body: EndpointUpdate,
  status: 200,
  response: oneAnswer('endpoint', endpointSchema),
  errors: [identityErrors.endpointNotFound, identityErrors.catalogBuiltIn, identityErrors.invalid],
  target: anyEndpoint,
  handle: async (service, call, target) => {
    const wanted = call.body.endpoint;
    const changed = await updateEndpoint(service, target, {
      serviceId: wanted.service_id,
      interface: wanted.interface,
      url: wanted.url,
      regionId: wanted.region_id === undefined ? wanted.region : wanted.region_id,
      makesRegion: typeof wanted.region === 'string' && !wanted.region_id,
      isEnabled: wanted.enabled,
      extra: extrasOf(wanted, endpointMembers),
    });
    return { endpoint: endpointBody(changed, call.root) };
  },
});
