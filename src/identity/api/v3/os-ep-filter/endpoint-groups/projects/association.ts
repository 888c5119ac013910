import { catalogErrors } from '../../../../../catalog/errors.ts';
import { giveGroup, takeGroup } from '../../../../../endpoint-filter/change.ts';
import { checkGroupGiven } from '../../../../../endpoint-filter/list.ts';
import { identityErrors } from '../../../../../errors.ts';
import { oneAnswer } from '../../../../answers.ts';
import { endpoint } from '../../../../endpoint.ts';
import { groupOfProject } from '../../target.ts';
import { groupOfProjectBody, groupOfProjectSchema } from '../../wire.ts';

const path = '/OS-EP-FILTER/endpoint_groups/{endpoint_group_id}/projects/{project_id}';
const notFound = [catalogErrors.endpointGroupNotFound, identityErrors.projectNotFound];

const addGroup = endpoint({
  method: 'PUT',
  path,
  summary: 'Give a project a group of endpoints: its catalog is what it was given.',
  requires: ['identity:projectEndpoints:create'],
  status: 204,
  errors: [...notFound, catalogErrors.associationTaken],
  target: groupOfProject,
  handle: (service, _call, part) => giveGroup(service, part),
});

const showGroup = endpoint({
  method: 'GET',
  path,
  summary: 'Check whether a project has a group of endpoints.',
  requires: ['identity:projectEndpoints:get'],
  status: 200,
  response: oneAnswer('project_endpoint_group', groupOfProjectSchema),
  errors: [...notFound, catalogErrors.groupNotInProject],
  target: groupOfProject,
  handle: async (service, call, part) => {
    await checkGroupGiven(service, part);
    return { project_endpoint_group: groupOfProjectBody(part, call.root) };
  },
});

const removeGroup = endpoint({
  method: 'DELETE',
  path,
  summary: 'Take a group of endpoints from a project.',
  requires: ['identity:projectEndpoints:delete'],
  status: 204,
  errors: [...notFound, catalogErrors.groupNotInProject],
  target: groupOfProject,
  handle: (service, _call, part) => takeGroup(service, part),
});

export const groupOfProjectEndpoints = [addGroup, showGroup, removeGroup];
