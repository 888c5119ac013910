import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { revokeAccess } from '#compute/flavors/access.ts';
import { flavorErrors } from '#compute/flavors/errors.ts';
import { accessAnswer, accessWire } from '../os-flavor-access/wire.ts';
import { flavorTarget } from '../target.ts';
import { projectNamed } from './project-named.ts';

export const removeTenantAccess = endpoint({
  method: 'POST',
  path: '/flavors/{flavor_id}/action',
  action: 'removeTenantAccess',
  summary: 'Takes a private flavor away from a project.',
  requires: ['ecs:flavorAccess:remove'],
  target: flavorTarget,
  body: Type.Object({ removeTenantAccess: projectNamed }, { additionalProperties: false }),
  status: 200,
  response: accessAnswer,
  errors: [flavorErrors.notFound, flavorErrors.accessNotFound],
  handle: async (service, call, flavor) => {
    const { tenant } = call.body.removeTenantAccess;
    return accessWire(flavor.id, await revokeAccess(service, flavor, tenant));
  },
});
