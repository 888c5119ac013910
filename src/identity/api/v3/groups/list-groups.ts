import { Type } from 'typebox';
import { listGroups } from '../../../groups/list.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { listBody, nameParameters, namesAsked, pageParameters, pageRequest } from '../lists.ts';
import { listedDomain } from '../visibility.ts';
import { groupBody, groupSchema } from './wire.ts';

export const listGroupsEndpoint = endpoint({
  method: 'GET',
  path: '/groups',
  summary: 'List groups.',
  requires: ['identity:groups:list'],
  query: Type.Object({
    ...nameParameters,
    domain_id: Type.Optional(Type.String()),
    ...pageParameters,
  }),
  status: 200,
  response: listAnswer('groups', groupSchema),
  handle: async (service, call) => {
    const domainId = listedDomain(call.actor, call.query.domain_id);
    const filters = { ...namesAsked(call.query), domainId };
    const page = await listGroups(service, filters, pageRequest(call.query));
    return listBody(call, '/groups', 'groups', page, groupBody);
  },
});
