import { Type } from 'typebox';
import { listUsers } from '../../../users/list.ts';
import { endpoint } from '../../endpoint.ts';
import { isTrue, listBody, pageParameters, pageRequest } from '../lists.ts';
import { userBody } from './wire.ts';

export const listUsersEndpoint = endpoint({
  method: 'GET',
  path: '/users',
  summary: 'List users.',
  requires: ['identity:users:list'],
  query: Type.Object({
    name: Type.Optional(Type.String()),
    domain_id: Type.Optional(Type.String()),
    enabled: Type.Optional(Type.String()),
    ...pageParameters,
  }),
  status: 200,
  handle: async (service, call) => {
    const { name, domain_id: domainId, enabled } = call.query;
    const filters = { name, domainId, isEnabled: isTrue(enabled) };
    const page = await listUsers(service, filters, pageRequest(call.query));
    return listBody(call, '/users', 'users', page, userBody);
  },
});
