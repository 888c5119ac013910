import { identityErrors } from '../../../errors.ts';
import { extrasOf } from '../../../extras.ts';
import { updateRole } from '../../../roles/update.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { RoleUpdate, roleMembers } from './schema.ts';
import { changedRole } from './target.ts';
import { roleBody, roleSchema } from './wire.ts';

export const updateRoleEndpoint = endpoint({
  method: 'PATCH',
  path: '/roles/{role_id}',
  summary: 'Change a role.',
  requires: ['identity:roles:update'],
  body: RoleUpdate,
  status: 200,
  response: oneAnswer('role', roleSchema),
  errors: [
    identityErrors.roleNotFound,
    identityErrors.nameTaken,
    identityErrors.fixedMember,
    identityErrors.immutable,
  ],
  target: changedRole('identity:roles:update'),
  handle: async (service, call, role) => {
    const wanted = call.body.role;
    if (wanted.domain_id !== undefined && wanted.domain_id !== role.domainId) {
      throw identityErrors.fixedMember({ member: 'domain_id' });
    }
    const changed = await updateRole(service, role, {
      name: wanted.name,
      description: wanted.description,
      options: wanted.options ?? {},
      extra: extrasOf(wanted, roleMembers),
    });
    return { role: roleBody(changed, call.root) };
  },
});
