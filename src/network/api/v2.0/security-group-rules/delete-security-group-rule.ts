import { networkErrors } from '../../../errors.ts';
import { deleteRule } from '../../../security-group-rules/delete.ts';
import { endpoint } from '../../endpoint.ts';
import { securityGroupRuleTarget } from './target.ts';

export const deleteRuleEndpoint = endpoint({
  method: 'DELETE',
  path: '/security-group-rules/{security_group_rule_id}',
  summary: 'Deletes a security group rule.',
  requires: ['vpc:securityGroupRules:delete'],
  status: 204,
  errors: [networkErrors.securityGroupRuleNotFound],
  target: securityGroupRuleTarget,
  handle: ({ context }, _call, rule) => deleteRule(context, rule),
});
