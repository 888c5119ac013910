import { listAccessRules } from '../../../../access-rules/list.ts';
import { identityErrors } from '../../../../errors.ts';
import { listAnswer } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { wholeListBody } from '../../lists.ts';
import { oneselfOr } from '../target.ts';
import { linkedRuleBody, linkedRuleSchema } from './wire.ts';

export const listAccessRulesEndpoint = endpoint({
  method: 'GET',
  path: '/users/{user_id}/access_rules',
  summary: 'List the access rules of a user, which application credentials refer to.',
  requires: [],
  status: 200,
  response: listAnswer('access_rules', linkedRuleSchema),
  errors: [identityErrors.userNotFound],
  target: oneselfOr('identity:accessRules:list'),
  handle: async (service, call, user) => {
    const rules = await listAccessRules(service, user);
    const bodies = rules.map((rule) => linkedRuleBody(rule, call.root));
    return wholeListBody(call, `/users/${user.id}/access_rules`, 'access_rules', bodies);
  },
});
