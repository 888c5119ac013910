import { identityErrors } from '../../../../errors.ts';
import { endpoint } from '../../../endpoint.ts';
import { shownProject } from '../target.ts';
import { tagsAnswer, tagsBody } from './schema.ts';

export const listTags = endpoint({
  method: 'GET',
  path: '/projects/{project_id}/tags',
  summary: "List the tags of a project: that of one's token, or with permission any.",
  requires: [],
  status: 200,
  response: tagsAnswer,
  errors: [identityErrors.projectNotFound],
  target: shownProject,
  handle: async (_service, call, project) => tagsBody(project.id, project.tags, call.root),
});
