import {
  listSecurityGroupRules,
  securityGroupRuleFilterNames,
} from '../../../security-group-rules/list.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { answerList, listQuerySchema } from '../../lists.ts';
import { renderRule, ruleSchema } from './wire.ts';

const action = 'vpc:securityGroupRules:list';

export const listRulesEndpoint = endpoint({
  method: 'GET',
  path: '/security-group-rules',
  summary: 'Lists the security group rules that the token may see.',
  requires: [action],
  query: listQuerySchema(securityGroupRuleFilterNames),
  status: 200,
  response: listAnswer('security_group_rules', ruleSchema),
  handle: async (service, call) => {
    // Every project has a default group from the moment it is first seen.
    if (call.actor.projectId) await service.ensureDefaultGroup(call.actor.projectId);
    return answerList(
      call,
      { collection: 'security_group_rules', path: '/security-group-rules', action },
      (scope, query) => listSecurityGroupRules(service.context, scope, query),
      renderRule,
    );
  },
});
