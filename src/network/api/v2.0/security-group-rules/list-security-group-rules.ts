import { listRules, ruleFilters } from '../../../security-group-rules/store.ts';
import { endpoint } from '../../endpoint.ts';
import { answerList, listQuerySchema } from '../../lists.ts';
import { renderRule } from './wire.ts';

const action = 'vpc:securityGroupRules:list';

export const listSecurityGroupRulesEndpoint = endpoint({
  method: 'GET',
  path: '/security-group-rules',
  summary: 'Lists the security group rules that the token may see.',
  requires: [action],
  query: listQuerySchema(ruleFilters),
  status: 200,
  handle: async (service, call) => {
    // Every project has a default group from the moment it is first seen.
    if (call.actor.projectId) await service.ensureDefaultGroup(call.actor.projectId);
    return answerList(
      call,
      { collection: 'security_group_rules', path: '/security-group-rules', action },
      (scope, query) => listRules(service.context.database.queries, scope, query),
      renderRule,
    );
  },
});
