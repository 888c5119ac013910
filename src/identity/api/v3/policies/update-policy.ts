import { identityErrors } from '../../../errors.ts';
import { extrasOf } from '../../../extras.ts';
import { updatePolicy } from '../../../policy-blobs/change.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { PolicyUpdate, policyMembers } from './schema.ts';
import { anyPolicy } from './target.ts';
import { policyBody, policySchema } from './wire.ts';

export const updatePolicyEndpoint = endpoint({
  method: 'PATCH',
  path: '/policies/{policy_id}',
  summary: 'Change a policy text.',
  requires: ['identity:policyTexts:update'],
  body: PolicyUpdate,
  status: 200,
  response: oneAnswer('policy', policySchema),
  errors: [identityErrors.policyNotFound, identityErrors.invalid],
  target: anyPolicy,
  handle: async (service, call, policy) => {
    const { type, blob } = call.body.policy;
    const extra = extrasOf(call.body.policy, policyMembers);
    const changed = await updatePolicy(service, policy, { type, blob, extra });
    return { policy: policyBody(changed, call.root) };
  },
});
