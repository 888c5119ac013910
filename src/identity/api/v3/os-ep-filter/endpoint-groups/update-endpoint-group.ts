import { catalogErrors } from '../../../../catalog/errors.ts';
import { updateEndpointGroup } from '../../../../endpoint-filter/change.ts';
import { oneAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { GroupUpdate } from '../schema.ts';
import { anyEndpointGroup } from '../target.ts';
import { groupBody, groupSchema } from '../wire.ts';

export const updateEndpointGroupEndpoint = endpoint({
  method: 'PATCH',
  path: '/OS-EP-FILTER/endpoint_groups/{endpoint_group_id}',
  summary: 'Change a group of endpoints, for every project that has it.',
  requires: ['identity:endpointGroups:update'],
  body: GroupUpdate,
  status: 200,
  response: oneAnswer('endpoint_group', groupSchema),
  errors: [catalogErrors.endpointGroupNotFound],
  target: anyEndpointGroup,
  handle: async (service, call, target) => {
    const { name, description, filters } = call.body.endpoint_group;
    const group = await updateEndpointGroup(service, target, { name, description, filters });
    return { endpoint_group: groupBody(group, call.root) };
  },
});
