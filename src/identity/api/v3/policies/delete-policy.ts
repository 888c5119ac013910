import { identityErrors } from '../../../errors.ts';
import { deletePolicy } from '../../../policy-blobs/change.ts';
import { endpoint } from '../../endpoint.ts';
import { anyPolicy } from './target.ts';

export const deletePolicyEndpoint = endpoint({
  method: 'DELETE',
  path: '/policies/{policy_id}',
  summary: 'Delete a policy text.',
  requires: ['identity:policyTexts:delete'],
  status: 204,
  errors: [identityErrors.policyNotFound],
  target: anyPolicy,
  handle: (service, _call, policy) => deletePolicy(service, policy),
});
