import { endpoint } from '../../endpoint.ts';
import { wholeListBody } from '../lists.ts';
import { regionBody, regionsIn } from './wire.ts';

export const listRegions = endpoint({
  method: 'GET',
  path: '/regions',
  summary: 'List the regions of the catalog.',
  requires: [],
  status: 200,
  handle: async (service, call) => {
    const bodies = regionsIn(service.catalog()).map((id) => regionBody(id, call.root));
    return wholeListBody(call, '/regions', 'regions', bodies);
  },
});
