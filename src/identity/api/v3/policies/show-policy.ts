import { identityErrors } from '../../../errors.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { anyPolicy } from './target.ts';
import { policyBody, policySchema } from './wire.ts';

export const showPolicy = endpoint({
  method: 'GET',
  path: '/policies/{policy_id}',
  summary: 'Show a policy text.',
  requires: ['identity:policyTexts:get'],
  status: 200,
  response: oneAnswer('policy', policySchema),
  errors: [identityErrors.policyNotFound],
  target: anyPolicy,
  handle: async (_service, call, policy) => ({ policy: policyBody(policy, call.root) }),
});
