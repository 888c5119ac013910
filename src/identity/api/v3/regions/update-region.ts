import { updateRegion } from '../../../catalog/regions.ts';
import { identityErrors } from '../../../errors.ts';
import { extrasOf } from '../../../extras.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { RegionUpdate, regionMembers } from './schema.ts';
import { anyRegion } from './target.ts';
import { regionBody, regionSchema } from './wire.ts';

export const updateRegionEndpoint = endpoint({
  method: 'PATCH',
  path: '/regions/{region_id}',
  summary: 'Change a region.',
  requires: ['identity:regions:update'],
  body: RegionUpdate,
  status: 200,
  response: oneAnswer('region', regionSchema),
  errors: [
    identityErrors.regionNotFound,
    identityErrors.regionCircle,
    identityErrors.catalogBuiltIn,
    identityErrors.invalid,
  ],
  target: anyRegion,
  handle: async (service, call, region) => {
    const wanted = call.body.region;
    const changed = await updateRegion(service, region, {
      parentId: wanted.parent_region_id,
      description: wanted.description === null ? '' : wanted.description,
      extra: extrasOf(wanted, regionMembers),
    });
    return { region: regionBody(changed, call.root) };
  },
});
