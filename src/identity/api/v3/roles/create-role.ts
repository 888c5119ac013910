import { requestErrors } from '#base/errors.ts';
import { boundDomain } from '#policy/actor.ts';
import { identityErrors } from '../../../errors.ts';
import { extrasOf, mergeMembers } from '../../../extras.ts';
import { createRole } from '../../../roles/create.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { wantedDomain } from '../home-domain.ts';
import { RoleCreate, roleMembers } from './schema.ts';
import { roleBody, roleSchema } from './wire.ts';

export const createRoleEndpoint = endpoint({
  method: 'POST',
  path: '/roles',
  summary: 'Create a role.',
  requires: ['identity:roles:create'],
  body: RoleCreate,
  status: 201,
  response: oneAnswer('role', roleSchema),
  errors: [identityErrors.domainNotFound, identityErrors.nameTaken],
  handle: async (service, call) => {
    const wanted = call.body.role;
    const isBound = boundDomain(call.actor) !== null;
    // Who reaches one domain makes no role that holds in all.
    if (isBound && !wanted.domain_id) {
      throw requestErrors.policyRefused({ action: 'identity:roles:create' });
    }
    const role = await createRole(service, {
      name: wanted.name,
      domainId: wanted.domain_id ? wantedDomain(call.actor, wanted.domain_id) : null,
      description: wanted.description ?? null,
      options: mergeMembers({}, wanted.options ?? {}),
      extra: extrasOf(wanted, roleMembers),
    });
    return { role: roleBody(role, call.root) };
  },
});
