import { identityErrors } from '../../../errors.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { shownRole } from './target.ts';
import { roleBody, roleSchema } from './wire.ts';

export const showRole = endpoint({
  method: 'GET',
  path: '/roles/{role_id}',
  summary: 'Show a role.',
  requires: ['identity:roles:get'],
  status: 200,
  response: oneAnswer('role', roleSchema),
  errors: [identityErrors.roleNotFound],
  target: shownRole,
  handle: async (_service, call, role) => ({ role: roleBody(role, call.root) }),
});
