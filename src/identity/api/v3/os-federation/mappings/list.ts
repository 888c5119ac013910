import { listMappings } from '../../../../federation/list.ts';
import { listAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { wholeListBody } from '../../lists.ts';
import { mappingBody, mappingSchema } from '../wire.ts';

export const listMappingsEndpoint = endpoint({
  method: 'GET',
  path: '/OS-FEDERATION/mappings',
  summary: 'List the mappings of federation.',
  requires: ['identity:federation:list'],
  status: 200,
  response: listAnswer('mappings', mappingSchema),
  handle: async (service, call) => {
    const found = await listMappings(service);
    const bodies = found.map((one) => mappingBody(one, call.root));
    return wholeListBody(call, '/OS-FEDERATION/mappings', 'mappings', bodies);
  },
});
