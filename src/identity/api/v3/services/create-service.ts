import { createService } from '../../../catalog/services.ts';
import { identityErrors } from '../../../errors.ts';
import { extrasOf } from '../../../extras.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { ServiceCreate, serviceMembers } from './schema.ts';
import { serviceBody, serviceSchema } from './wire.ts';

export const createServiceEndpoint = endpoint({
  method: 'POST',
  path: '/services',
  summary: 'Add a service to the catalog.',
  requires: ['identity:services:create'],
  body: ServiceCreate,
  status: 201,
  response: oneAnswer('service', serviceSchema),
  errors: [identityErrors.invalid],
  handle: async (service, call) => {
    const wanted = call.body.service;
    const created = await createService(service, {
      type: wanted.type,
      name: wanted.name ?? '',
      description: wanted.description ?? '',
      isEnabled: wanted.enabled ?? true,
      extra: extrasOf(wanted, serviceMembers),
    });
    return { service: serviceBody(created, call.root) };
  },
});
