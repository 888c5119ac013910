import { identityErrors } from '../../../errors.ts';
import { endpoint } from '../../endpoint.ts';
import { regionBody, regionsIn } from './wire.ts';

export const showRegion = endpoint({
  method: 'GET',
  path: '/regions/{region_id}',
  summary: 'Show a region of the catalog.',
  requires: [],
  status: 200,
  errors: [identityErrors.regionNotFound],
  handle: async (service, call) => {
    const id = call.params.region_id;
    if (!regionsIn(service.catalog()).includes(id)) throw identityErrors.regionNotFound({ id });
    return { region: regionBody(id, call.root) };
  },
});
