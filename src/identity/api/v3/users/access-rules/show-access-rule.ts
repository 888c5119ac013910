import { identityErrors } from '../../../../errors.ts';
import { oneAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { accessRule } from './target.ts';
import { linkedRuleBody, linkedRuleSchema } from './wire.ts';

export const showAccessRule = endpoint({
  method: 'GET',
  path: '/users/{user_id}/access_rules/{access_rule_id}',
  summary: 'Show an access rule.',
  requires: [],
  status: 200,
  response: oneAnswer('access_rule', linkedRuleSchema),
  errors: [identityErrors.accessRuleNotFound],
  target: accessRule('identity:accessRules:get'),
  handle: async (_service, call, rule) => ({ access_rule: linkedRuleBody(rule, call.root) }),
});
