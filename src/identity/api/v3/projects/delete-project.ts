import { deleteDomain } from '../../../domains/delete.ts';
import { identityErrors } from '../../../errors.ts';
import { deleteProject } from '../../../projects/delete.ts';
import { endpoint } from '../../endpoint.ts';
import { deletedTreeProject } from './target.ts';

export const deleteProjectEndpoint = endpoint({
  method: 'DELETE',
  path: '/projects/{project_id}',
  summary: 'Delete a project without children, or a disabled domain with all that it holds.',
  requires: ['identity:projects:delete'],
  status: 204,
  errors: [
    identityErrors.projectNotFound,
    identityErrors.projectHasChildren,
    identityErrors.domainEnabled,
    identityErrors.domainBuiltIn,
    identityErrors.immutable,
  ],
  target: deletedTreeProject,
  handle: (service, _call, project) =>
    project.isDomain ? deleteDomain(service, project) : deleteProject(service, project),
});
