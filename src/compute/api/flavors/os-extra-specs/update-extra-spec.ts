import { endpoint } from '#compute/api/endpoint.ts';
import { flavorErrors } from '#compute/flavors/errors.ts';
import { setExtraSpecs } from '#compute/flavors/extra-specs.ts';
import { flavorTarget } from '../target.ts';
import { extraSpecs, readSpecs } from './extra-specs.ts';

export const updateExtraSpec = endpoint({
  method: 'PUT',
  path: '/flavors/{flavor_id}/os-extra_specs/{key}',
  summary: 'Sets one extra spec of a flavor.',
  requires: ['ecs:flavors:update'],
  target: flavorTarget,
  body: { ...extraSpecs, minProperties: 1, maxProperties: 1 },
  status: 200,
  errors: [flavorErrors.notFound, flavorErrors.specMismatch, flavorErrors.tooManySpecs],
  handle: async (service, call, flavor) => {
    const specs = readSpecs(call.body);
    if (!Object.hasOwn(specs, call.params.key)) throw flavorErrors.specMismatch();
    await setExtraSpecs(service, flavor, specs);
    return specs;
  },
});
