import { identityErrors } from '../../../../errors.ts';
import { endpoint } from '../../../endpoint.ts';
import { shownProject } from '../target.ts';

export const checkTag = endpoint({
  method: 'GET',
  path: '/projects/{project_id}/tags/{value}',
  summary: 'Check whether a project has a tag.',
  requires: [],
  status: 204,
  errors: [identityErrors.projectNotFound, identityErrors.tagNotFound],
  target: shownProject,
  handle: async (_service, call, project) => {
    const { value } = call.params;
    if (!project.tags.includes(value)) throw identityErrors.tagNotFound({ id: value });
  },
});
