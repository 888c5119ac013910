import { catalogErrors } from '../../../../catalog/errors.ts';
import { policyOfEndpoint } from '../../../../endpoint-policy/effective.ts';
import { identityErrors } from '../../../../errors.ts';
import { oneAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { anyEndpoint } from '../../endpoints/target.ts';
import { policyBody, policySchema } from '../wire.ts';

export const showPolicyOfEndpoint = endpoint({
  method: 'GET',
  path: '/endpoints/{endpoint_id}/OS-ENDPOINT-POLICY/policy',
  summary: "Show the policy text of an endpoint: its own, its region's or its service's.",
  requires: ['identity:policyAssociations:get'],
  status: 200,
  response: oneAnswer('policy', policySchema),
  errors: [identityErrors.endpointNotFound, catalogErrors.endpointHasNoPolicy],
  target: anyEndpoint,
  handle: async (service, call, found) => ({
    policy: policyBody(await policyOfEndpoint(service, found), call.root),
  }),
});
