import { Type } from 'typebox';
import { wholeCatalog } from '../../../catalog/whole.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { wholeListBody } from '../lists.ts';
import { regionBody, regionSchema } from './wire.ts';

export const listRegions = endpoint({
  method: 'GET',
  path: '/regions',
  summary: 'List the regions of the catalog.',
  requires: [],
  query: Type.Object({ parent_region_id: Type.Optional(Type.String()) }),
  status: 200,
  response: listAnswer('regions', regionSchema),
  handle: async (service, call) => {
    const { parent_region_id: parentId } = call.query;
    const { regions } = await wholeCatalog(service);
    const bodies = regions
      .filter((region) => parentId === undefined || region.parentId === parentId)
      .map((region) => regionBody(region, call.root));
    return wholeListBody(call, '/regions', 'regions', bodies);
  },
});
