import { catalogErrors } from '../../../../catalog/errors.ts';
import { wholeCatalog } from '../../../../catalog/whole.ts';
import { isInGroup } from '../../../../endpoint-filter/group.ts';
import { listAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { endpointBody, endpointSchema } from '../../endpoints/wire.ts';
import { wholeListBody } from '../../lists.ts';
import { anyEndpointGroup } from '../target.ts';

export const listEndpointsOfGroup = endpoint({
  method: 'GET',
  path: '/OS-EP-FILTER/endpoint_groups/{endpoint_group_id}/endpoints',
  summary: 'List the endpoints of a group, as the catalog has them now.',
  requires: ['identity:endpointGroups:get'],
  status: 200,
  response: listAnswer('endpoints', endpointSchema),
  errors: [catalogErrors.endpointGroupNotFound],
  target: anyEndpointGroup,
  handle: async (service, call, group) => {
    const { endpoints } = await wholeCatalog(service);
    const bodies = endpoints
      .filter((one) => isInGroup(one, group))
      .map((one) => endpointBody(one, call.root));
    const path = `/OS-EP-FILTER/endpoint_groups/${group.id}/endpoints`;
    return wholeListBody(call, path, 'endpoints', bodies);
  },
});
