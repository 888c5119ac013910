import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { flavorErrors } from '#compute/flavors/errors.ts';
import { flavorTarget } from '../target.ts';
import { accessAnswer, accessWire } from './wire.ts';

export const listFlavorAccess = endpoint({
  method: 'GET',
  path: '/flavors/{flavor_id}/os-flavor-access',
  summary: 'Lists the projects that may use a private flavor.',
  requires: ['ecs:flavorAccess:list'],
  target: flavorTarget,
  query: noQuery,
  status: 200,
  response: accessAnswer,
  errors: [flavorErrors.notFound, flavorErrors.accessOfPublic],
  handle: async (_service, _call, flavor) => {
    if (flavor.isPublic) throw flavorErrors.accessOfPublic();
    return accessWire(flavor.id, flavor.accessProjectIds);
  },
});
