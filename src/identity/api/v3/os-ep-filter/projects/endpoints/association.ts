import { catalogErrors } from '../../../../../catalog/errors.ts';
import { giveEndpoint, takeEndpoint } from '../../../../../endpoint-filter/change.ts';
import { checkEndpointGiven } from '../../../../../endpoint-filter/list.ts';
import { identityErrors } from '../../../../../errors.ts';
import { endpoint } from '../../../../endpoint.ts';
import { endpointOfProject } from '../../target.ts';

const path = '/OS-EP-FILTER/projects/{project_id}/endpoints/{endpoint_id}';
const notFound = [identityErrors.endpointNotFound, identityErrors.projectNotFound];

const addEndpoint = endpoint({
  method: 'PUT',
  path,
  summary: 'Give a project an endpoint: its catalog is what it was given.',
  requires: ['identity:projectEndpoints:create'],
  status: 204,
  errors: [...notFound, catalogErrors.associationTaken],
  target: endpointOfProject,
  handle: (service, _call, part) => giveEndpoint(service, part),
});

const checkEndpoint = endpoint({
  method: 'GET',
  path,
  summary: 'Check whether an endpoint was given to a project by itself.',
  requires: ['identity:projectEndpoints:get'],
  status: 204,
  errors: [...notFound, catalogErrors.endpointNotInProject],
  target: endpointOfProject,
  handle: (service, _call, part) => checkEndpointGiven(service, part),
});

const removeEndpoint = endpoint({
  method: 'DELETE',
  path,
  summary: 'Take an endpoint from a project.',
  requires: ['identity:projectEndpoints:delete'],
  status: 204,
  errors: [...notFound, catalogErrors.endpointNotInProject],
  target: endpointOfProject,
  handle: (service, _call, part) => takeEndpoint(service, part),
});

export const endpointOfProjectEndpoints = [addEndpoint, checkEndpoint, removeEndpoint];
