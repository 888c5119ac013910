import { givenGroups } from '../../../../endpoint-filter/list.ts';
import { identityErrors } from '../../../../errors.ts';
import { listAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { wholeListBody } from '../../lists.ts';
import { filteredProject } from '../target.ts';
import { groupBody, groupSchema } from '../wire.ts';

export const listGroupsOfProject = endpoint({
  method: 'GET',
  path: '/OS-EP-FILTER/projects/{project_id}/endpoint_groups',
  summary: 'List the groups of endpoints that a project was given.',
  requires: ['identity:projectEndpoints:list'],
  status: 200,
  response: listAnswer('endpoint_groups', groupSchema),
  errors: [identityErrors.projectNotFound],
  target: filteredProject,
  handle: async (service, call, project) => {
    const groups = await givenGroups(service, project);
    const path = `/OS-EP-FILTER/projects/${project.id}/endpoint_groups`;
    const bodies = groups.map((group) => groupBody(group, call.root));
    return wholeListBody(call, path, 'endpoint_groups', bodies);
  },
});
