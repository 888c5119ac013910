import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverGroupErrors } from '#compute/server-groups/errors.ts';
import { readServerGroup } from '#compute/server-groups/read.ts';
import { serverGroupTarget } from './target.ts';
import { groupAnswer, groupWireContext, serverGroupWire } from './wire.ts';

export const showServerGroup = endpoint({
  method: 'GET',
  path: '/os-server-groups/{server_group_id}',
  summary: 'Shows a server group and its members.',
  requires: ['ecs:serverGroups:get'],
  query: noQuery,
  target: serverGroupTarget,
  status: 200,
  isKept: true,
  response: groupAnswer,
  errors: [serverGroupErrors.notFound],
  handle: async (service, call, target) => {
    const group = await readServerGroup(service, target);
    return { server_group: serverGroupWire.render(group, call.version, groupWireContext(call)) };
  },
});
