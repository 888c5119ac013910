import { Type } from 'typebox';
import { Reply } from '#endpoints/endpoint.ts';
import { documentErrors } from '#policy/document-errors.ts';
import type { IdentityContext } from '../../../../context.ts';
import { identityErrors } from '../../../../errors.ts';
import { policyErrors } from '../../../../policies/errors.ts';
import { listPolicies, viewsOf } from '../../../../policies/read.ts';
import { readPolicyRequest } from '../../../../policies/read-request.ts';
import { createPolicy, type PolicyRole, updatePolicy } from '../../../../policies/write.ts';
import { deleteRole } from '../../../../roles/delete.ts';
import { closed, oneAnswer, text, textOrNull } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { homeDomain } from '../../../v3/home-domain.ts';
import { PageQuery, pageOf } from '../../pages.ts';
import { ownPolicy } from './target.ts';
import { policyRoleBody, policyRoleSchema } from './wire.ts';

/** Read by hand, as each mistake has a code of its own. */
const RoleBody = Type.Object({ role: Type.Optional(Type.Unknown()) });

const errors = [
  ...Object.values(documentErrors),
  identityErrors.nameTaken,
  policyErrors.tooManyPolicies,
  identityErrors.domainNotFound,
];

async function answer(service: IdentityContext, role: PolicyRole, origin: string) {
  const [view] = await viewsOf(service, [role]);
  return view && { role: policyRoleBody(view, origin) };
}

const createPolicyEndpoint = endpoint({
  method: 'POST',
  path: '/OS-ROLE/roles',
  summary: 'Write a policy for the account or its projects.',
  requires: ['identity:roles:create'],
  body: RoleBody,
  status: 201,
  response: oneAnswer('role', policyRoleSchema),
  errors,
  handle: async (service, { actor, body, origin }) => {
    const request = readPolicyRequest(body.role, service.rules());
    const role = await createPolicy(service, actor, homeDomain(actor), request);
    return answer(service, role, origin);
  },
});

const listPoliciesEndpoint = endpoint({
  method: 'GET',
  path: '/OS-ROLE/roles',
  summary: "List the account's own policies.",
  requires: ['identity:roles:list'],
  query: PageQuery,
  status: 200,
  response: Type.Object(
    {
      roles: Type.Array(policyRoleSchema),
      links: Type.Object({ self: text, previous: textOrNull, next: textOrNull }, closed),
      total_number: Type.Integer(),
    },
    closed,
  ),
  errors: [policyErrors.pageInvalid],
  handle: async (service, call) => {
    const all = await listPolicies(service, homeDomain(call.actor));
    const page = pageOf(call, '/OS-ROLE/roles', all, 300);
    return {
      roles: page.items.map((view) => policyRoleBody(view, call.origin)),
      links: page.links,
      total_number: all.length,
    };
  },
});

const showPolicyEndpoint = endpoint({
  method: 'GET',
  path: '/OS-ROLE/roles/{role_id}',
  summary: 'Show a policy.',
  requires: ['identity:roles:get'],
  status: 200,
  response: oneAnswer('role', policyRoleSchema),
  errors: [identityErrors.roleNotFound],
  target: ownPolicy,
  handle: (service, call, role) => answer(service, role, call.origin),
});

const updatePolicyEndpoint = endpoint({
  method: 'PATCH',
  path: '/OS-ROLE/roles/{role_id}',
  summary: 'Write a policy anew; everyone who has it has the new one at once.',
  requires: ['identity:roles:update'],
  body: RoleBody,
  status: 200,
  response: oneAnswer('role', policyRoleSchema),
  errors: [...errors, identityErrors.roleNotFound],
  target: ownPolicy,
  handle: async (service, { actor, body, origin }, role) => {
    const request = readPolicyRequest(body.role, service.rules());
    return answer(service, await updatePolicy(service, actor, role, request), origin);
  },
});

const deletePolicyEndpoint = endpoint({
  method: 'DELETE',
  path: '/OS-ROLE/roles/{role_id}',
  summary: 'Delete a policy; everyone who had it loses it at once.',
  requires: ['identity:roles:delete'],
  status: 200,
  errors: [identityErrors.roleNotFound, identityErrors.immutable],
  target: ownPolicy,
  handle: async (service, _call, role) => {
    await deleteRole(service, role);
    return new Reply(undefined);
  },
});

export const customPolicyEndpoints = [
  createPolicyEndpoint,
  listPoliciesEndpoint,
  showPolicyEndpoint,
  updatePolicyEndpoint,
  deletePolicyEndpoint,
];
