import { identityErrors } from '../../../errors.ts';
import { extrasOf } from '../../../extras.ts';
import { createPolicy } from '../../../policy-blobs/change.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { PolicyCreate, policyMembers } from './schema.ts';
import { policyBody, policySchema } from './wire.ts';

export const createPolicyEndpoint = endpoint({
  method: 'POST',
  path: '/policies',
  summary: 'Keep a policy text for another service; nothing here is decided by it.',
  requires: ['identity:policyTexts:create'],
  body: PolicyCreate,
  status: 201,
  response: oneAnswer('policy', policySchema),
  errors: [identityErrors.invalid],
  handle: async (service, call) => {
    const { type, blob } = call.body.policy;
    const extra = extrasOf(call.body.policy, policyMembers);
    return { policy: policyBody(await createPolicy(service, { type, blob, extra }), call.root) };
  },
});
