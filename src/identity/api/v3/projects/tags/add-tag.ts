import { Reply } from '#endpoints/endpoint.ts';
import { identityErrors } from '../../../../errors.ts';
import { addTag } from '../../../../projects/tags.ts';
import { endpoint } from '../../../endpoint.ts';
import { changedTreeProject } from '../target.ts';
import { checkedTag } from './schema.ts';

export const addTagEndpoint = endpoint({
  method: 'PUT',
  path: '/projects/{project_id}/tags/{value}',
  summary: 'Give a project a tag more.',
  requires: ['identity:projects:update'],
  status: 201,
  errors: [identityErrors.projectNotFound, identityErrors.immutable, identityErrors.invalid],
  target: changedTreeProject,
  handle: async (service, call, project) => {
    const tag = checkedTag(call.params.value);
    await addTag(service, project, tag);
    const location = `${call.root}/projects/${project.id}/tags/${encodeURIComponent(tag)}`;
    return new Reply(undefined, { headers: { location } });
  },
});
