import { createAccessKeyEndpoint } from './os-credential/credentials/create-access-key.ts';
import { deleteAccessKeyEndpoint } from './os-credential/credentials/delete-access-key.ts';
import { listAccessKeysEndpoint } from './os-credential/credentials/list-access-keys.ts';
import { showAccessKey } from './os-credential/credentials/show-access-key.ts';
import { updateAccessKeyEndpoint } from './os-credential/credentials/update-access-key.ts';
import { createSecurityToken } from './os-credential/securitytokens/create-security-token.ts';
import { enterpriseGrantEndpoints } from './os-permission/enterprise-grants.ts';
import { listAccountAssignmentsEndpoint } from './os-permission/list-role-assignments.ts';
import { showExplanation } from './os-permission/show-explanation.ts';
import { customPolicyEndpoints } from './os-role/roles/endpoints.ts';

/** What Huawei's IAM has beyond Keystone. */
export const iamEndpoints = [
  createAccessKeyEndpoint,
  listAccessKeysEndpoint,
  showAccessKey,
  updateAccessKeyEndpoint,
  deleteAccessKeyEndpoint,
  createSecurityToken,
  ...customPolicyEndpoints,
  ...enterpriseGrantEndpoints,
  listAccountAssignmentsEndpoint,
  showExplanation,
];
