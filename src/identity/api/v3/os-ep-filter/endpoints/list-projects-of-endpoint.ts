import { projectsOfEndpoint } from '../../../../endpoint-filter/list.ts';
import { identityErrors } from '../../../../errors.ts';
import { listAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { anyEndpoint } from '../../endpoints/target.ts';
import { wholeListBody } from '../../lists.ts';
import { projectBody, projectSchema } from '../../projects/wire.ts';

export const listProjectsOfEndpoint = endpoint({
  method: 'GET',
  path: '/OS-EP-FILTER/endpoints/{endpoint_id}/projects',
  summary: 'List the projects to which an endpoint was given by itself.',
  requires: ['identity:projectEndpoints:list'],
  status: 200,
  response: listAnswer('projects', projectSchema),
  errors: [identityErrors.endpointNotFound],
  target: anyEndpoint,
  handle: async (service, call, found) => {
    const projects = await projectsOfEndpoint(service, found.id);
    const path = `/OS-EP-FILTER/endpoints/${found.id}/projects`;
    const bodies = projects.map((project) => projectBody(project, call.root));
    return wholeListBody(call, path, 'projects', bodies);
  },
});
