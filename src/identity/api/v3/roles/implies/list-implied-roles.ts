import { Type } from 'typebox';
import { identityErrors } from '../../../../errors.ts';
import { listInferenceRules } from '../../../../roles/list.ts';
import { closed, links } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { anyRole } from '../target.ts';
import { inferenceBody, inferenceSchema } from '../wire.ts';

export const listImpliedRoles = endpoint({
  method: 'GET',
  path: '/roles/{role_id}/implies',
  summary: 'List the roles that a role implies directly.',
  requires: ['identity:impliedRoles:get'],
  status: 200,
  response: Type.Object({ role_inference: inferenceSchema, links }, closed),
  errors: [identityErrors.roleNotFound],
  target: anyRole,
  handle: async (service, call, role) => {
    const [rule] = await listInferenceRules(service, role.id);
    return {
      role_inference: inferenceBody(rule ?? { prior: role, implied: [] }, call.root),
      links: { self: `${call.root}/roles/${role.id}/implies` },
    };
  },
});
