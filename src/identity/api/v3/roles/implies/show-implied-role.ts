import { identityErrors } from '../../../../errors.ts';
import { checkImplied } from '../../../../roles/inferences.ts';
import { endpoint } from '../../../endpoint.ts';
import { anyRolePair } from '../target.ts';
import { impliedAnswer, impliedBody } from '../wire.ts';

export const showImpliedRole = endpoint({
  method: 'GET',
  path: '/roles/{role_id}/implies/{implied_role_id}',
  summary: 'Check whether a role implies another directly.',
  requires: ['identity:impliedRoles:get'],
  status: 200,
  response: impliedAnswer,
  errors: [identityErrors.roleNotFound, identityErrors.impliedRoleNotFound],
  target: anyRolePair,
  handle: async (service, call, pair) => {
    await checkImplied(service, pair);
    return impliedBody(pair.prior, pair.implied, call.root);
  },
});
