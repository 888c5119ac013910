import { identityErrors } from '../../../errors.ts';
import { extrasOf, mergeMembers } from '../../../extras.ts';
import { createRole } from '../../../roles/create.ts';
import { endpoint } from '../../endpoint.ts';
import { RoleCreate, roleMembers } from './schema.ts';
import { roleBody } from './wire.ts';

export const createRoleEndpoint = endpoint({
  method: 'POST',
  path: '/roles',
  summary: 'Create a role.',
  requires: ['identity:roles:create'],
  body: RoleCreate,
  status: 201,
  errors: [identityErrors.domainNotFound, identityErrors.nameTaken],
  handle: async (service, call) => {
    const wanted = call.body.role;
    const role = await createRole(service, {
      name: wanted.name,
      domainId: wanted.domain_id ?? null,
      description: wanted.description ?? null,
      options: mergeMembers({}, wanted.options ?? {}),
      extra: extrasOf(wanted, roleMembers),
    });
    return { role: roleBody(role, call.root) };
  },
});
