import { Type } from 'typebox';
import { listReachable } from '../../../projects/list.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { listBody, pageParameters, pageRequest } from '../lists.ts';
import { projectBody, projectSchema } from '../projects/wire.ts';

export const listAuthProjects = endpoint({
  method: 'GET',
  path: '/auth/projects',
  summary: 'The projects for which the holder of the token may ask a token.',
  requires: [],
  query: Type.Object(pageParameters),
  status: 200,
  response: listAnswer('projects', projectSchema),
  handle: async (service, call) => {
    const filters = { isDomain: false, onlyEnabled: true };
    const page = await listReachable(service, call.actor.userId, filters, pageRequest(call.query));
    return listBody(call, '/auth/projects', 'projects', page, projectBody);
  },
});
