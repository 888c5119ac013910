import { Type } from 'typebox';
import type { VersionRange } from '#base/microversion.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { grantAccess } from '#compute/flavors/access.ts';
import { flavorErrors } from '#compute/flavors/errors.ts';
import { accessAnswer, accessWire } from '../os-flavor-access/wire.ts';
import { flavorTarget } from '../target.ts';
import { projectNamed } from './project-named.ts';

function grantIn(range: VersionRange, toPublic: 'accepted' | 'refused') {
  const errors = [flavorErrors.notFound, flavorErrors.accessExists, flavorErrors.projectUnknown];
  return endpoint({
    ...range,
    method: 'POST',
    path: '/flavors/{flavor_id}/action',
    action: 'addTenantAccess',
    summary: 'Lets a project use a private flavor.',
    requires: ['ecs:flavorAccess:add'],
    target: flavorTarget,
    body: Type.Object({ addTenantAccess: projectNamed }, { additionalProperties: false }),
    status: 200,
    response: accessAnswer,
    errors: toPublic === 'refused' ? [...errors, flavorErrors.grantOnPublic] : errors,
    handle: async (service, call, flavor) => {
      const { tenant } = call.body.addTenantAccess;
      if (!(await service.identity.hasProject(tenant))) {
        throw flavorErrors.projectUnknown({ projectId: tenant });
      }
      if (toPublic === 'refused' && flavor.isPublic) throw flavorErrors.grantOnPublic();
      return accessWire(flavor.id, await grantAccess(service, flavor, tenant));
    },
  });
}

/** A public flavor needs no access list, and since 2.7 gets none. */
export const addTenantAccess = [
  grantIn({ until: '2.6' }, 'accepted'),
  grantIn({ since: '2.7' }, 'refused'),
];
