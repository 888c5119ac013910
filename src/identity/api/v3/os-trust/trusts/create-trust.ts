import { delegationErrors } from '#policy/delegation.ts';
import { identityErrors } from '../../../../errors.ts';
import { createTrust } from '../../../../trusts/create.ts';
import { oneAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { newTrustOf, TrustCreate } from './schema.ts';
import { trustBody, trustSchema } from './wire.ts';

export const createTrustEndpoint = endpoint({
  method: 'POST',
  path: '/OS-TRUST/trusts',
  summary: "Let another user act with some of one's roles.",
  requires: [],
  body: TrustCreate,
  status: 201,
  response: oneAnswer('trust', trustSchema),
  errors: [
    identityErrors.notOneself,
    identityErrors.userNotFound,
    identityErrors.projectNotFound,
    identityErrors.roleNotFound,
    identityErrors.trustWithoutRoles,
    identityErrors.redelegationRefused,
    identityErrors.usesOfRedelegated,
    identityErrors.expiryPassed,
    identityErrors.tooMany,
    delegationErrors.delegated,
  ],
  handle: async (service, call) => {
    const trust = await createTrust(service, call.actor, newTrustOf(call.body.trust));
    return { trust: trustBody(trust, call.root) };
  },
});
