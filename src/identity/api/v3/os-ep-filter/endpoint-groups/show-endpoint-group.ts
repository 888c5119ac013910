import { catalogErrors } from '../../../../catalog/errors.ts';
import { oneAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { anyEndpointGroup } from '../target.ts';
import { groupBody, groupSchema } from '../wire.ts';

export const showEndpointGroup = endpoint({
  method: 'GET',
  path: '/OS-EP-FILTER/endpoint_groups/{endpoint_group_id}',
  summary: 'Show a group of endpoints.',
  requires: ['identity:endpointGroups:get'],
  status: 200,
  response: oneAnswer('endpoint_group', groupSchema),
  errors: [catalogErrors.endpointGroupNotFound],
  target: anyEndpointGroup,
  handle: async (_service, call, group) => ({ endpoint_group: groupBody(group, call.root) }),
});
