import { identityErrors } from '../../../../../errors.ts';
import { listAnswer } from '../../../../answers.ts';
import { endpoint } from '../../../../endpoint.ts';
import { wholeListBody } from '../../../lists.ts';
import { roleBody, roleSchema } from '../../../roles/wire.ts';
import { trustOr } from '../target.ts';

export const listTrustRoles = endpoint({
  method: 'GET',
  path: '/OS-TRUST/trusts/{trust_id}/roles',
  summary: 'List the roles that a trust gives.',
  requires: [],
  status: 200,
  response: listAnswer('roles', roleSchema),
  errors: [identityErrors.trustNotFound],
  target: trustOr('identity:trusts:get'),
  handle: async (_service, call, trust) => {
    const bodies = trust.roles.map((role) => roleBody(role, call.root));
    return wholeListBody(call, `/OS-TRUST/trusts/${trust.id}/roles`, 'roles', bodies);
  },
});
