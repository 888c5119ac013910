import { identityErrors } from '../../../errors.ts';
import { deleteRole } from '../../../roles/delete.ts';
import { endpoint } from '../../endpoint.ts';
import { changedRole } from './target.ts';

export const deleteRoleEndpoint = endpoint({
  method: 'DELETE',
  path: '/roles/{role_id}',
  summary: 'Delete a role; everyone who had it loses it at once.',
  requires: ['identity:roles:delete'],
  status: 204,
  errors: [identityErrors.roleNotFound, identityErrors.immutable],
  target: changedRole('identity:roles:delete'),
  handle: (service, _call, role) => deleteRole(service, role),
});
