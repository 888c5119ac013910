import { endpoint } from '#compute/api/endpoint.ts';
import { flavorErrors } from '#compute/flavors/errors.ts';
import { removeExtraSpec } from '#compute/flavors/extra-specs.ts';
import { flavorTarget } from '../target.ts';

export const deleteExtraSpec = endpoint({
  method: 'DELETE',
  path: '/flavors/{flavor_id}/os-extra_specs/{key}',
  summary: 'Removes one extra spec of a flavor.',
  requires: ['ecs:flavors:update'],
  target: flavorTarget,
  status: 200,
  errors: [flavorErrors.notFound, flavorErrors.specNotFound],
  handle: (service, call, flavor) => removeExtraSpec(service, flavor, call.params.key),
});
