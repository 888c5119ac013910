import { createEndpointGroup } from '../../../../endpoint-filter/change.ts';
import { oneAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { GroupCreate } from '../schema.ts';
import { groupBody, groupSchema } from '../wire.ts';

export const createEndpointGroupEndpoint = endpoint({
  method: 'POST',
  path: '/OS-EP-FILTER/endpoint_groups',
  summary: 'Make a group of endpoints by service, region and interface.',
  requires: ['identity:endpointGroups:create'],
  body: GroupCreate,
  status: 201,
  response: oneAnswer('endpoint_group', groupSchema),
  handle: async (service, call) => {
    const { name, description = null, filters } = call.body.endpoint_group;
    const group = await createEndpointGroup(service, { name, description, filters });
    return { endpoint_group: groupBody(group, call.root) };
  },
});
