import { delegationErrors } from '#policy/delegation.ts';
import { deleteAccessRule } from '../../../../access-rules/delete.ts';
import { identityErrors } from '../../../../errors.ts';
import { endpoint } from '../../../endpoint.ts';
import { accessRule } from './target.ts';

export const deleteAccessRuleEndpoint = endpoint({
  method: 'DELETE',
  path: '/users/{user_id}/access_rules/{access_rule_id}',
  summary: 'Delete an access rule that no application credential uses.',
  requires: [],
  status: 204,
  errors: [
    identityErrors.accessRuleNotFound,
    identityErrors.accessRuleInUse,
    delegationErrors.delegated,
  ],
  target: accessRule('identity:accessRules:delete'),
  handle: (service, call, rule) => deleteAccessRule(service, call.actor, rule),
});
