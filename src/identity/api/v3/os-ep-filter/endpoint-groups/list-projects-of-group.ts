import { catalogErrors } from '../../../../catalog/errors.ts';
import { projectsOfGroup } from '../../../../endpoint-filter/list.ts';
import { listAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { wholeListBody } from '../../lists.ts';
import { projectBody, projectSchema } from '../../projects/wire.ts';
import { anyEndpointGroup } from '../target.ts';

export const listProjectsOfGroup = endpoint({
  method: 'GET',
  path: '/OS-EP-FILTER/endpoint_groups/{endpoint_group_id}/projects',
  summary: 'List the projects that have a group of endpoints.',
  requires: ['identity:projectEndpoints:list'],
  status: 200,
  response: listAnswer('projects', projectSchema),
  errors: [catalogErrors.endpointGroupNotFound],
  target: anyEndpointGroup,
  handle: async (service, call, group) => {
    const projects = await projectsOfGroup(service, group);
    const path = `/OS-EP-FILTER/endpoint_groups/${group.id}/projects`;
    const bodies = projects.map((project) => projectBody(project, call.root));
    return wholeListBody(call, path, 'projects', bodies);
  },
});
