import { listSecurityGroups, securityGroupFilterNames } from '../../../security-groups/list.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { answerList, listQuerySchema } from '../../lists.ts';
import { groupSchema, renderGroup } from './wire.ts';

const action = 'vpc:securityGroups:list';

export const listSecurityGroupsEndpoint = endpoint({
  method: 'GET',
  path: '/security-groups',
  summary: 'Lists the security groups that the token may see.',
  requires: [action],
  query: listQuerySchema(securityGroupFilterNames),
  status: 200,
  response: listAnswer('security_groups', groupSchema),
  handle: async (service, call) => {
    // Every project has a default group from the moment it is first seen.
    if (call.actor.projectId) await service.ensureDefaultGroup(call.actor.projectId);
    return answerList(
      call,
      { collection: 'security_groups', path: '/security-groups', action },
      (scope, query) => listSecurityGroups(service.context, scope, query),
      renderGroup,
    );
  },
});
