import { identityErrors } from '../../../../errors.ts';
import { oneAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { trustOr } from './target.ts';
import { trustBody, trustSchema } from './wire.ts';

export const showTrust = endpoint({
  method: 'GET',
  path: '/OS-TRUST/trusts/{trust_id}',
  summary: 'Show a trust.',
  requires: [],
  status: 200,
  response: oneAnswer('trust', trustSchema),
  errors: [identityErrors.trustNotFound],
  target: trustOr('identity:trusts:get'),
  handle: async (_service, call, trust) => ({ trust: trustBody(trust, call.root) }),
});
