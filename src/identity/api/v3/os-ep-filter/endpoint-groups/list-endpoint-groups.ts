import { Type } from 'typebox';
import { listGroups } from '../../../../endpoint-filter/list.ts';
import { listAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { wholeListBody } from '../../lists.ts';
import { groupBody, groupSchema } from '../wire.ts';

const path = '/OS-EP-FILTER/endpoint_groups';

export const listEndpointGroups = endpoint({
  method: 'GET',
  path,
  summary: 'List groups of endpoints, which projects can be given as their catalog.',
  requires: ['identity:endpointGroups:list'],
  query: Type.Object({ name: Type.Optional(Type.String()) }),
  status: 200,
  response: listAnswer('endpoint_groups', groupSchema),
  handle: async (service, call) => {
    const { name } = call.query;
    const bodies = (await listGroups(service))
      .filter((group) => name === undefined || group.name === name)
      .map((group) => groupBody(group, call.root));
    return wholeListBody(call, path, 'endpoint_groups', bodies);
  },
});
