import { endpoint } from '#compute/api/endpoint.ts';
import { deleteFlavor as removeFlavor } from '#compute/flavors/delete.ts';
import { flavorErrors } from '#compute/flavors/errors.ts';
import { flavorTarget } from './target.ts';

export const deleteFlavor = endpoint({
  method: 'DELETE',
  path: '/flavors/{flavor_id}',
  summary: 'Deletes a flavor; servers made from it keep their copy.',
  requires: ['ecs:flavors:delete'],
  target: flavorTarget,
  status: 202,
  errors: [flavorErrors.notFound],
  handle: (service, _call, flavor) => removeFlavor(service, flavor),
});
