import { catalogErrors } from '../../../../catalog/errors.ts';
import { deleteEndpointGroup } from '../../../../endpoint-filter/change.ts';
import { endpoint } from '../../../endpoint.ts';
import { anyEndpointGroup } from '../target.ts';

export const deleteEndpointGroupEndpoint = endpoint({
  method: 'DELETE',
  path: '/OS-EP-FILTER/endpoint_groups/{endpoint_group_id}',
  summary: 'Delete a group of endpoints; its projects lose what they had by it.',
  requires: ['identity:endpointGroups:delete'],
  status: 204,
  errors: [catalogErrors.endpointGroupNotFound],
  target: anyEndpointGroup,
  handle: (service, _call, group) => deleteEndpointGroup(service, group),
});
