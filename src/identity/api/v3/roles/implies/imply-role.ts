import { identityErrors } from '../../../../errors.ts';
import { implyRole } from '../../../../roles/inferences.ts';
import { endpoint } from '../../../endpoint.ts';
import { changedRolePair } from '../target.ts';
import { impliedAnswer, impliedBody } from '../wire.ts';

export const implyRoleEndpoint = endpoint({
  method: 'PUT',
  path: '/roles/{role_id}/implies/{implied_role_id}',
  summary: 'Let a role imply another.',
  requires: ['identity:roles:update'],
  status: 201,
  response: impliedAnswer,
  errors: [
    identityErrors.roleNotFound,
    identityErrors.roleImpliesItself,
    identityErrors.roleCanNotBeImplied,
  ],
  target: changedRolePair,
  handle: async (service, call, pair) => {
    await implyRole(service, call.actor, pair);
    return impliedBody(pair.prior, pair.implied, call.root);
  },
});
