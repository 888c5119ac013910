import { Type } from 'typebox';
import { listReachable } from '../../../projects/list.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { domainBody, domainSchema } from '../domains/wire.ts';
import { listBody, pageParameters, pageRequest } from '../lists.ts';

export const listAuthDomains = endpoint({
  method: 'GET',
  path: '/auth/domains',
  summary: 'The domains for which the holder of the token may ask a token.',
  requires: [],
  query: Type.Object(pageParameters),
  status: 200,
  response: listAnswer('domains', domainSchema),
  handle: async (service, call) => {
    const filters = { isDomain: true, onlyEnabled: true };
    const page = await listReachable(service, call.actor.userId, filters, pageRequest(call.query));
    return listBody(call, '/auth/domains', 'domains', page, domainBody);
  },
});
