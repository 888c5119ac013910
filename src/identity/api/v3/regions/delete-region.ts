import { deleteRegion } from '../../../catalog/regions.ts';
import { identityErrors } from '../../../errors.ts';
import { endpoint } from '../../endpoint.ts';
import { anyRegion } from './target.ts';

export const deleteRegionEndpoint = endpoint({
  method: 'DELETE',
  path: '/regions/{region_id}',
  summary: 'Delete a region with the regions below it.',
  requires: ['identity:regions:delete'],
  status: 204,
  errors: [
    identityErrors.regionNotFound,
    identityErrors.catalogBuiltIn,
    identityErrors.regionInUse,
  ],
  target: anyRegion,
  handle: (service, _call, found) => deleteRegion(service, found),
});
