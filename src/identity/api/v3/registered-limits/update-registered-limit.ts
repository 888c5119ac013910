import { identityErrors } from '../../../errors.ts';
import { updateRegistered } from '../../../limits/registered.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { RegisteredUpdate } from './schema.ts';
import { anyRegisteredLimit } from './target.ts';
import { registeredLimitBody, registeredLimitSchema } from './wire.ts';

export const updateRegisteredLimit = endpoint({
  method: 'PATCH',
  path: '/registered_limits/{registered_limit_id}',
  summary: 'Change how much of a resource every project may have.',
  requires: ['identity:registeredLimits:update'],
  body: RegisteredUpdate,
  status: 200,
  response: oneAnswer('registered_limit', registeredLimitSchema),
  errors: [
    identityErrors.registeredLimitNotFound,
    identityErrors.registeredLimitInUse,
    identityErrors.invalid,
    identityErrors.limitTaken,
  ],
  target: anyRegisteredLimit,
  handle: async (service, call, limit) => {
    const wanted = call.body.registered_limit;
    const changed = await updateRegistered(service, limit, {
      serviceId: wanted.service_id,
      regionId: wanted.region_id,
      resourceName: wanted.resource_name,
      defaultLimit: wanted.default_limit,
      description: wanted.description,
    });
    return { registered_limit: registeredLimitBody(changed, call.root) };
  },
});
