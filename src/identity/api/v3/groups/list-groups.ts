import { Type } from 'typebox';
import { listGroups } from '../../../groups/list.ts';
import { endpoint } from '../../endpoint.ts';
import { listBody, pageParameters, pageRequest } from '../lists.ts';
import { groupBody } from './wire.ts';

export const listGroupsEndpoint = endpoint({
  method: 'GET',
  path: '/groups',
  summary: 'List groups.',
  requires: ['identity:groups:list'],
  query: Type.Object({
    name: Type.Optional(Type.String()),
    domain_id: Type.Optional(Type.String()),
    ...pageParameters,
  }),
  status: 200,
  handle: async (service, call) => {
    const filters = { name: call.query.name, domainId: call.query.domain_id };
    const page = await listGroups(service, filters, pageRequest(call.query));
    return listBody(call, '/groups', 'groups', page, groupBody);
  },
});
