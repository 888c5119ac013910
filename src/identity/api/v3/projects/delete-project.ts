import { identityErrors } from '../../../errors.ts';
import { deleteProject } from '../../../projects/delete.ts';
import { endpoint } from '../../endpoint.ts';
import { anyProject } from './target.ts';

export const deleteProjectEndpoint = endpoint({
  method: 'DELETE',
  path: '/projects/{project_id}',
  summary: 'Delete a project without children, with its tokens and role assignments.',
  requires: ['identity:projects:delete'],
  status: 204,
  errors: [
    identityErrors.projectNotFound,
    identityErrors.projectHasChildren,
    identityErrors.immutable,
  ],
  target: anyProject,
  handle: (service, _call, project) => deleteProject(service, project),
});
