import { Type } from 'typebox';
import { listRoles } from '../../../roles/list.ts';
import { requireManaged } from '../../../roles/managed.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { listBody, nameParameters, namesAsked, pageParameters, pageRequest } from '../lists.ts';
import { listedDomain } from '../visibility.ts';
import { roleBody, roleSchema } from './wire.ts';

export const listRolesEndpoint = endpoint({
  method: 'GET',
  path: '/roles',
  summary: "List the roles that hold everywhere or, with `domain_id`, a domain's own.",
  requires: ['identity:roles:list'],
  query: Type.Object({
    ...nameParameters,
    domain_id: Type.Optional(Type.String()),
    ...pageParameters,
  }),
  status: 200,
  response: listAnswer('roles', roleSchema),
  handle: async (service, call) => {
    const asked = call.query.domain_id;
    if (asked) requireManaged(call.actor, undefined, 'identity:roles:list');
    const filters = {
      ...namesAsked(call.query),
      domainId: asked ? (listedDomain(call.actor, asked) ?? asked) : null,
    };
    const page = await listRoles(service, filters, pageRequest(call.query));
    return listBody(call, '/roles', 'roles', page, roleBody);
  },
});
