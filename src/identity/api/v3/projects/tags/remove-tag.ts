import { identityErrors } from '../../../../errors.ts';
import { removeTag } from '../../../../projects/tags.ts';
import { endpoint } from '../../../endpoint.ts';
import { changedTreeProject } from '../target.ts';

export const removeTagEndpoint = endpoint({
  method: 'DELETE',
  path: '/projects/{project_id}/tags/{value}',
  summary: 'Take a tag of a project away.',
  requires: ['identity:projects:update'],
  status: 204,
  errors: [identityErrors.projectNotFound, identityErrors.tagNotFound, identityErrors.immutable],
  target: changedTreeProject,
  handle: (service, call, project) => removeTag(service, project, call.params.value),
});
