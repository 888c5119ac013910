import { identityErrors } from '../../../../errors.ts';
import { replaceTags } from '../../../../projects/tags.ts';
import { endpoint } from '../../../endpoint.ts';
import { changedTreeProject } from '../target.ts';

export const deleteTags = endpoint({
  method: 'DELETE',
  path: '/projects/{project_id}/tags',
  summary: 'Take all tags of a project away.',
  requires: ['identity:projects:update'],
  status: 204,
  errors: [identityErrors.projectNotFound, identityErrors.immutable],
  target: changedTreeProject,
  handle: async (service, _call, project) => {
    await replaceTags(service, project, []);
  },
});
