import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { groupsAnswer, renderGroups } from './wire.ts';

export const listServerSecurityGroups = endpoint({
  method: 'GET',
  path: '/servers/{server_id}/os-security-groups',
  summary: "Lists the security groups that a server's ports are in.",
  requires: ['ecs:servers:get', 'vpc:securityGroups:get'],
  query: noQuery,
  target: serverTarget,
  status: 200,
  response: groupsAnswer,
  handle: async (service, _call, server) => {
    const groups = await service.networks.proxies.groups.ofServer(server.id);
    const key = (group: { projectId: string; name: string }) => group.projectId + group.name;
    const sorted = groups.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
    return { security_groups: await renderGroups(service, sorted) };
  },
});
