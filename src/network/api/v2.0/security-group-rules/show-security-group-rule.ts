import { networkErrors } from '../../../errors.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { answerOne } from '../../lists.ts';
import { securityGroupRuleTarget } from './target.ts';
import { renderRule, ruleSchema } from './wire.ts';

export const showRuleEndpoint = endpoint({
  method: 'GET',
  path: '/security-group-rules/{security_group_rule_id}',
  summary: 'Shows a security group rule.',
  requires: ['vpc:securityGroupRules:get'],
  status: 200,
  response: oneAnswer('security_group_rule', ruleSchema),
  errors: [networkErrors.securityGroupRuleNotFound],
  target: securityGroupRuleTarget,
  handle: async (_service, call, rule) => answerOne(call, 'security_group_rule', renderRule(rule)),
});
