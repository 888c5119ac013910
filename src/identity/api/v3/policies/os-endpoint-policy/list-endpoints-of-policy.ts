import { endpointsOfPolicy } from '../../../../endpoint-policy/effective.ts';
import { identityErrors } from '../../../../errors.ts';
import { listAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { endpointBody, endpointSchema } from '../../endpoints/wire.ts';
import { wholeListBody } from '../../lists.ts';
import { anyPolicy } from '../target.ts';

export const listEndpointsOfPolicy = endpoint({
  method: 'GET',
  path: '/policies/{policy_id}/OS-ENDPOINT-POLICY/endpoints',
  summary: 'List the endpoints that a policy text reaches.',
  requires: ['identity:policyAssociations:list'],
  status: 200,
  response: listAnswer('endpoints', endpointSchema),
  errors: [identityErrors.policyNotFound],
  target: anyPolicy,
  handle: async (service, call, policy) => {
    const endpoints = await endpointsOfPolicy(service, policy);
    const bodies = endpoints.map((one) => endpointBody(one, call.root));
    const path = `/policies/${policy.id}/OS-ENDPOINT-POLICY/endpoints`;
    return wholeListBody(call, path, 'endpoints', bodies);
  },
});
