import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { grantAccess } from '#compute/flavors/access.ts';
import { flavorErrors } from '#compute/flavors/errors.ts';
import { accessWire } from '../os-flavor-access/wire.ts';
import { flavorTarget } from '../target.ts';
import { projectNamed } from './project-named.ts';

export const addTenantAccess = endpoint({
  method: 'POST',
  path: '/flavors/{flavor_id}/action',
  action: 'addTenantAccess',
  summary: 'Lets a project use a private flavor.',
  requires: ['ecs:flavorAccess:add'],
  target: flavorTarget,
  body: Type.Object({ addTenantAccess: projectNamed }, { additionalProperties: false }),
  status: 200,
  errors: [flavorErrors.notFound, flavorErrors.grantOnPublic, flavorErrors.accessExists],
  handle: async (service, call, flavor) => {
    const { tenant } = call.body.addTenantAccess;
    return accessWire(flavor.id, await grantAccess(service, flavor, tenant));
  },
});
