import { identityErrors } from '../../../../errors.ts';
import { replaceTags } from '../../../../projects/tags.ts';
import { endpoint } from '../../../endpoint.ts';
import { changedTreeProject } from '../target.ts';
import { TagsBody, tagsAnswer, tagsBody } from './schema.ts';

export const replaceTagsEndpoint = endpoint({
  method: 'PUT',
  path: '/projects/{project_id}/tags',
  summary: 'Give a project these tags and no others.',
  requires: ['identity:projects:update'],
  body: TagsBody,
  status: 200,
  response: tagsAnswer,
  errors: [identityErrors.projectNotFound, identityErrors.immutable, identityErrors.invalid],
  target: changedTreeProject,
  handle: async (service, call, project) => {
    const tags = await replaceTags(service, project, call.body.tags);
    return tagsBody(project.id, tags, call.root);
  },
});
