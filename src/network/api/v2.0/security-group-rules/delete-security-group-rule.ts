import { networkErrors } from '../../../errors.ts';
import { deleteRule } from '../../../security-group-rules/delete.ts';
import { findRule } from '../../../security-group-rules/store.ts';
import { endpoint } from '../../endpoint.ts';

export const deleteSecurityGroupRuleEndpoint = endpoint({
  method: 'DELETE',
  path: '/security-group-rules/{security_group_rule_id}',
  summary: 'Deletes a security group rule.',
  requires: ['vpc:securityGroupRules:delete'],
  status: 204,
  errors: [networkErrors.securityGroupRuleNotFound],
  target: {
    find: ({ context }, { params }) =>
      findRule(context.database.queries, params.security_group_rule_id),
    absent: ({ params }) =>
      networkErrors.securityGroupRuleNotFound({ id: params.security_group_rule_id }),
  },
  handle: ({ context }, _call, rule) => deleteRule(context, rule),
});
