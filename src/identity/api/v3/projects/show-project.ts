import { identityErrors } from '../../../errors.ts';
import { endpoint } from '../../endpoint.ts';
import { shownProject } from './target.ts';
import { projectBody } from './wire.ts';

export const showProject = endpoint({
  method: 'GET',
  path: '/projects/{project_id}',
  summary: "Show a project: that of one's token, or with permission any.",
  requires: [],
  status: 200,
  errors: [identityErrors.projectNotFound],
  target: shownProject,
  handle: async (_service, call, project) => ({ project: projectBody(project, call.root) }),
});
