import { identityErrors } from '../../../../../errors.ts';
import { oneAnswer } from '../../../../answers.ts';
import { endpoint } from '../../../../endpoint.ts';
import { roleBody, roleSchema } from '../../../roles/wire.ts';
import { trustOr } from '../target.ts';

export const showTrustRole = endpoint({
  method: 'GET',
  path: '/OS-TRUST/trusts/{trust_id}/roles/{role_id}',
  summary: 'Show a role that a trust gives, or check with HEAD that it does.',
  requires: [],
  status: 200,
  response: oneAnswer('role', roleSchema),
  errors: [identityErrors.trustNotFound, identityErrors.roleNotFound],
  target: trustOr('identity:trusts:get'),
  handle: async (_service, call, trust) => {
    const id = call.params.role_id;
    const role = trust.roles.find((given) => given.id === id);
    if (!role) throw identityErrors.roleNotFound({ id });
    return { role: roleBody(role, call.root) };
  },
});
