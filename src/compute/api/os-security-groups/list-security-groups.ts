import { Type } from 'typebox';
import { limits } from '#base/limits.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { isAdmin } from '#policy/actor.ts';
import { groupErrors } from './errors.ts';
import { groupsAnswer, renderGroups } from './wire.ts';

const count = Type.Optional(Type.String({ pattern: '^[0-9]{1,9}$' }));

export const listSecurityGroups = endpoint({
  method: 'GET',
  path: '/os-security-groups',
  until: '2.35',
  summary: "Lists the project's security groups.",
  requires: ['vpc:securityGroups:list'],
  query: Type.Object({ limit: count, offset: count, all_tenants: Type.Optional(Type.String()) }),
  status: 200,
  response: groupsAnswer,
  handle: async (service, call) => {
    const { limit, offset, all_tenants: all } = call.query;
    const { projectId } = call.actor;
    // Whoever may not see all is shown the own ones, as everywhere in this old API.
    const everyProject = all !== undefined && /^(1|true|)$/i.test(all) && isAdmin(call.actor);
    if (projectId === null && !everyProject) throw groupErrors.projectNeeded();
    const page = {
      limit: Math.min(Number(limit ?? limits.pageItems), limits.pageItems),
      offset: Number(offset ?? 0),
    };
    const { groups } = service.networks.proxies;
    const found = await groups.list(everyProject ? null : projectId, page);
    return { security_groups: await renderGroups(service, found) };
  },
});
