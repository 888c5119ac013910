import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { deleteServerGroup as removeGroup } from '#compute/server-groups/delete.ts';
import { serverGroupErrors } from '#compute/server-groups/errors.ts';
import { serverGroupTarget } from './target.ts';

export const deleteServerGroup = endpoint({
  method: 'DELETE',
  path: '/os-server-groups/{server_group_id}',
  summary: 'Deletes a server group; its servers stay where they are.',
  requires: ['ecs:serverGroups:manage'],
  query: noQuery,
  target: serverGroupTarget,
  status: 204,
  errors: [serverGroupErrors.notFound],
  handle: (service, _call, group) => removeGroup(service, group),
});
