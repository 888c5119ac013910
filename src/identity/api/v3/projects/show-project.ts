import { Type } from 'typebox';
import { identityErrors } from '../../../errors.ts';
import { hierarchyOf } from '../../../projects/hierarchy.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { hierarchyMembers, hierarchyParameters } from './hierarchy.ts';
import { shownProject } from './target.ts';
import { projectBody, projectSchema } from './wire.ts';

export const showProject = endpoint({
  method: 'GET',
  path: '/projects/{project_id}',
  summary: "Show a project: that of one's token, or with permission any.",
  requires: [],
  query: Type.Object(hierarchyParameters),
  status: 200,
  response: oneAnswer('project', projectSchema),
  errors: [identityErrors.projectNotFound, identityErrors.invalid],
  target: shownProject,
  handle: async (service, call, project) => {
    const hierarchy = hierarchyOf(service, project, call.actor.userId);
    const more = await hierarchyMembers(call.query, hierarchy, call.root);
    return { project: { ...projectBody(project, call.root), ...more } };
  },
});
