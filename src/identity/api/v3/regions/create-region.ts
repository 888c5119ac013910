import type { Static } from 'typebox';
import { createRegion } from '../../../catalog/regions.ts';
import { identityErrors } from '../../../errors.ts';
import { extrasOf } from '../../../extras.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { RegionCreate, regionMembers } from './schema.ts';
import { regionBody, regionSchema } from './wire.ts';

const shared = {
  requires: ['identity:regions:create'],
  body: RegionCreate,
  status: 201,
  response: oneAnswer('region', regionSchema),
  errors: [identityErrors.idTaken, identityErrors.regionNotFound, identityErrors.invalid],
};

export const createRegionEndpoint = endpoint({
  ...shared,
  method: 'POST',
  path: '/regions',
  summary: 'Create a region, of the id that the body names or a new one.',
  handle: async (service, call) => {
    const id = call.body.region.id || service.ids.hex();
    const region = await createRegion(service, wantedOf(id, call.body.region));
    return { region: regionBody(region, call.root) };
  },
});

export const createNamedRegion = endpoint({
  ...shared,
  method: 'PUT',
  path: '/regions/{region_id}',
  summary: 'Create a region of this id.',
  handle: async (service, call) => {
    const id = call.params.region_id;
    const named = call.body.region.id || id;
    if (named !== id || id.length > 255) {
      throw identityErrors.invalid({
        reason: `Conflicting region IDs specified: ${id.slice(0, 255)}`,
      });
    }
    const region = await createRegion(service, wantedOf(id, call.body.region));
    return { region: regionBody(region, call.root) };
  },
});

function wantedOf(id: string, wanted: Static<typeof RegionCreate>['region']) {
  return {
    id,
    parentId: wanted.parent_region_id ?? null,
    description: wanted.description ?? '',
    extra: extrasOf(wanted, regionMembers),
  };
}
