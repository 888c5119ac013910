import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { flavorErrors } from '#compute/flavors/errors.ts';
import { setExtraSpecs } from '#compute/flavors/extra-specs.ts';
import { flavorTarget } from '../target.ts';
import { extraSpecs, readSpecs } from './extra-specs.ts';

export const createExtraSpecs = endpoint({
  method: 'POST',
  path: '/flavors/{flavor_id}/os-extra_specs',
  summary: 'Adds extra specs to a flavor, replacing those of the same key.',
  requires: ['ecs:flavors:update'],
  target: flavorTarget,
  body: Type.Object({ extra_specs: extraSpecs }, { additionalProperties: false }),
  status: 200,
  errors: [flavorErrors.notFound, flavorErrors.tooManySpecs],
  handle: async (service, call, flavor) => {
    const specs = readSpecs(call.body.extra_specs);
    await setExtraSpecs(service, flavor, specs);
    return { extra_specs: specs };
  },
});
