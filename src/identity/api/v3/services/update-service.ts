import { updateService } from '../../../catalog/services.ts';
import { identityErrors } from '../../../errors.ts';
import { extrasOf } from '../../../extras.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { ServiceUpdate, serviceMembers } from './schema.ts';
import { anyService } from './target.ts';
import { serviceBody, serviceSchema } from './wire.ts';

export const updateServiceEndpoint = endpoint({
  method: 'PATCH',
  path: '/services/{service_id}',
  summary: 'Change a service of the catalog; a disabled one is in no token.',
  requires: ['identity:services:update'],
  body: ServiceUpdate,
  status: 200,
  response: oneAnswer('service', serviceSchema),
  errors: [identityErrors.serviceNotFound, identityErrors.catalogBuiltIn, identityErrors.invalid],
  target: anyService,
  handle: async (service, call, target) => {
    const wanted = call.body.service;
    const changed = await updateService(service, target, {
      type: wanted.type,
      name: wanted.name,
      description: wanted.description === null ? '' : wanted.description,
      isEnabled: wanted.enabled,
      extra: extrasOf(wanted, serviceMembers),
    });
    return { service: serviceBody(changed, call.root) };
  },
});
