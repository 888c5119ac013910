import { identityErrors } from '../../../errors.ts';
import { endpoint } from '../../endpoint.ts';
import { anyRole } from './target.ts';
import { roleBody } from './wire.ts';

export const showRole = endpoint({
  method: 'GET',
  path: '/roles/{role_id}',
  summary: 'Show a role.',
  requires: ['identity:roles:get'],
  status: 200,
  errors: [identityErrors.roleNotFound],
  target: anyRole,
  handle: async (_service, call, role) => ({ role: roleBody(role, call.root) }),
});
