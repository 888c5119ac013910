import { endpoint } from '#compute/api/endpoint.ts';
import { flavorErrors } from '#compute/flavors/errors.ts';
import { flavorTarget } from '../target.ts';
import { accessWire } from './wire.ts';

export const listFlavorAccess = endpoint({
  method: 'GET',
  path: '/flavors/{flavor_id}/os-flavor-access',
  summary: 'Lists the projects that may use a private flavor.',
  requires: ['ecs:flavorAccess:list'],
  target: flavorTarget,
  status: 200,
  errors: [flavorErrors.notFound, flavorErrors.accessOfPublic],
  handle: async (_service, _call, flavor) => {
    if (flavor.isPublic) throw flavorErrors.accessOfPublic();
    return accessWire(flavor.id, flavor.accessProjectIds);
  },
});
