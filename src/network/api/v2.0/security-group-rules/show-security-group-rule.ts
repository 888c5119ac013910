import { networkErrors } from '../../../errors.ts';
import { findRule } from '../../../security-group-rules/store.ts';
import { endpoint } from '../../endpoint.ts';
import { answerOne } from '../../lists.ts';
import { renderRule } from './wire.ts';

export const showSecurityGroupRuleEndpoint = endpoint({
  method: 'GET',
  path: '/security-group-rules/{security_group_rule_id}',
  summary: 'Shows a security group rule.',
  requires: ['vpc:securityGroupRules:get'],
  status: 200,
  errors: [networkErrors.securityGroupRuleNotFound],
  target: {
    find: ({ context }, { params }) =>
      findRule(context.database.queries, params.security_group_rule_id),
    absent: ({ params }) =>
      networkErrors.securityGroupRuleNotFound({ id: params.security_group_rule_id }),
  },
  handle: async (_service, call, rule) => answerOne(call, 'security_group_rule', renderRule(rule)),
});
