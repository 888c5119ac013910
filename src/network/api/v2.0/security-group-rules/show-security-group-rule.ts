import { networkErrors } from '../../../errors.ts';
import { endpoint } from '../../endpoint.ts';
import { answerOne } from '../../lists.ts';
import { securityGroupRuleTarget } from './target.ts';
import { renderRule } from './wire.ts';

export const showRuleEndpoint = endpoint({
  method: 'GET',
  path: '/security-group-rules/{security_group_rule_id}',
  summary: 'Shows a security group rule.',
  requires: ['vpc:securityGroupRules:get'],
  status: 200,
  errors: [networkErrors.securityGroupRuleNotFound],
  target: securityGroupRuleTarget,
  handle: async (_service, call, rule) => answerOne(call, 'security_group_rule', renderRule(rule)),
});
