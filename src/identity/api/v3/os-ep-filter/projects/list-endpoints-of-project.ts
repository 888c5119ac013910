import { givenEndpoints } from '../../../../endpoint-filter/list.ts';
import { identityErrors } from '../../../../errors.ts';
import { listAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { endpointBody, endpointSchema } from '../../endpoints/wire.ts';
import { wholeListBody } from '../../lists.ts';
import { filteredProject } from '../target.ts';

export const listEndpointsOfProject = endpoint({
  method: 'GET',
  path: '/OS-EP-FILTER/projects/{project_id}/endpoints',
  summary: 'List the endpoints that a project was given, by groups or by themselves.',
  requires: ['identity:projectEndpoints:list'],
  status: 200,
  response: listAnswer('endpoints', endpointSchema),
  errors: [identityErrors.projectNotFound],
  target: filteredProject,
  handle: async (service, call, project) => {
    const endpoints = await givenEndpoints(service, project);
    const bodies = endpoints.map((one) => endpointBody(one, call.root));
    const path = `/OS-EP-FILTER/projects/${project.id}/endpoints`;
    return wholeListBody(call, path, 'endpoints', bodies);
  },
});
