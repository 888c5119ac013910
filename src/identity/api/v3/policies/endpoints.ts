import { createPolicyEndpoint } from './create-policy.ts';
import { deletePolicyEndpoint } from './delete-policy.ts';
import { listPoliciesEndpoint } from './list-policies.ts';
import { policyAssociationEndpoints } from './os-endpoint-policy/associations.ts';
import { listEndpointsOfPolicy } from './os-endpoint-policy/list-endpoints-of-policy.ts';
import { showPolicyOfEndpoint } from './os-endpoint-policy/show-policy-of-endpoint.ts';
import { showPolicy } from './show-policy.ts';
import { updatePolicyEndpoint } from './update-policy.ts';

export const policyEndpoints = [
  listPoliciesEndpoint,
  createPolicyEndpoint,
  showPolicy,
  updatePolicyEndpoint,
  deletePolicyEndpoint,
  ...policyAssociationEndpoints,
  listEndpointsOfPolicy,
  showPolicyOfEndpoint,
];
