import { identityErrors } from '../../../../errors.ts';
import { stopImplying } from '../../../../roles/inferences.ts';
import { endpoint } from '../../../endpoint.ts';
import { changedRolePair } from '../target.ts';

export const stopImplyingRole = endpoint({
  method: 'DELETE',
  path: '/roles/{role_id}/implies/{implied_role_id}',
  summary: 'Let a role no longer imply another.',
  requires: ['identity:roles:update'],
  status: 204,
  errors: [identityErrors.roleNotFound, identityErrors.impliedRoleNotFound],
  target: changedRolePair,
  handle: (service, _call, pair) => stopImplying(service, pair),
});
