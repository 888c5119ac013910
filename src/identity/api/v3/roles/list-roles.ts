import { Type } from 'typebox';
import { listRoles } from '../../../roles/list.ts';
import { endpoint } from '../../endpoint.ts';
import { listBody, pageParameters, pageRequest } from '../lists.ts';
import { roleBody } from './wire.ts';

export const listRolesEndpoint = endpoint({
  method: 'GET',
  path: '/roles',
  summary: "List the roles that hold everywhere or, with `domain_id`, a domain's own.",
  requires: ['identity:roles:list'],
  query: Type.Object({
    name: Type.Optional(Type.String()),
    domain_id: Type.Optional(Type.String()),
    ...pageParameters,
  }),
  status: 200,
  handle: async (service, call) => {
    const filters = { name: call.query.name, domainId: call.query.domain_id || null };
    const page = await listRoles(service, filters, pageRequest(call.query));
    return listBody(call, '/roles', 'roles', page, roleBody);
  },
});
