import { deleteAccessRuleEndpoint } from './access-rules/delete-access-rule.ts';
import { listAccessRulesEndpoint } from './access-rules/list-access-rules.ts';
import { showAccessRule } from './access-rules/show-access-rule.ts';
import { createAppCredentialEndpoint } from './application-credentials/create-credential.ts';
import { deleteAppCredentialEndpoint } from './application-credentials/delete-credential.ts';
import { listApplicationCredentialsEndpoint } from './application-credentials/list-credentials.ts';
import { showApplicationCredential } from './application-credentials/show-credential.ts';

/** What users give to programs that act for them. */
export const userDelegationEndpoints = [
  deleteAccessRuleEndpoint,
  listAccessRulesEndpoint,
  showAccessRule,
  createAppCredentialEndpoint,
  deleteAppCredentialEndpoint,
  listApplicationCredentialsEndpoint,
  showApplicationCredential,
];
