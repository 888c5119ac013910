import { identityErrors } from '../../../errors.ts';
import { registerLimits } from '../../../limits/registered.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { wholeListBody } from '../lists.ts';
import { RegisteredCreate } from './schema.ts';
import { registeredLimitBody, registeredLimitSchema } from './wire.ts';

export const createRegisteredLimits = endpoint({
  method: 'POST',
  path: '/registered_limits',
  summary: 'Say how much of some resources every project may have; all or none is recorded.',
  requires: ['identity:registeredLimits:create'],
  body: RegisteredCreate,
  status: 201,
  response: listAnswer('registered_limits', registeredLimitSchema),
  errors: [identityErrors.invalid, identityErrors.limitTaken],
  handle: async (service, call) => {
    const wanted = call.body.registered_limits.map((one) => ({
      serviceId: one.service_id,
      regionId: one.region_id ?? null,
      resourceName: one.resource_name,
      defaultLimit: one.default_limit,
      description: one.description ?? null,
    }));
    const created = await registerLimits(service, wanted);
    const bodies = created.map((one) => registeredLimitBody(one, call.root));
    return wholeListBody(call, '/registered_limits', 'registered_limits', bodies);
  },
});
