import { Type } from 'typebox';
import { identityErrors } from '../../../errors.ts';
import { listReachable } from '../../../projects/list.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { listBody, pageParameters, pageRequest } from '../lists.ts';
import { projectBody, projectSchema } from '../projects/wire.ts';
import { oneselfOr } from './target.ts';

export const listUserProjects = endpoint({
  method: 'GET',
  path: '/users/{user_id}/projects',
  summary: 'List the projects in which a user has a role.',
  requires: [],
  query: Type.Object(pageParameters),
  status: 200,
  response: listAnswer('projects', projectSchema),
  errors: [identityErrors.userNotFound],
  target: oneselfOr('identity:projects:list'),
  handle: async (service, call, user) => {
    const filters = { isDomain: false, onlyEnabled: false };
    const page = await listReachable(service, user.id, filters, pageRequest(call.query));
    return listBody(call, `/users/${user.id}/projects`, 'projects', page, projectBody);
  },
});
