import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { computeErrors } from '#compute/errors.ts';
import { permitChange } from '#compute/interfaces/permit.ts';
import type { Server } from '#compute/servers/server.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Actor } from '#policy/actor.ts';
import type { Thing } from '#policy/things.ts';
import { groupErrors } from './errors.ts';

const closed = { additionalProperties: false };
const named = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 255, pattern: '^[^\\u0000]*$' }) },
  closed,
);

const shared = {
  method: 'POST',
  path: '/servers/{server_id}/action',
  requires: ['ecs:securityGroups:use', 'ecs:servers:get'],
  target: serverTarget,
  status: 202,
  errors: [computeErrors.invalidState, computeErrors.locked, groupErrors.notFound],
} as const;

export const addSecurityGroup = endpoint({
  ...shared,
  action: 'addSecurityGroup',
  summary: "Puts a server's ports into a security group; effective at once.",
  body: Type.Object({ addSecurityGroup: named }, closed),
  names: {
    types: ['securityGroup'],
    find: (service, { actor, body: { addSecurityGroup: asked } }, server) =>
      groupsNamed(service, actor, server, asked.name),
  },
  handle: (service, call, server) => {
    const permit = permitChange(call, server, 'add-security-group');
    return service.networks.proxies.groups.join(server, call.body.addSecurityGroup.name, permit);
  },
});

export const removeSecurityGroup = endpoint({
  ...shared,
  action: 'removeSecurityGroup',
  summary: "Takes a server's ports out of a security group; effective at once.",
  body: Type.Object({ removeSecurityGroup: named }, closed),
  names: {
    types: ['securityGroup'],
    find: (service, { actor, body: { removeSecurityGroup: asked } }, server) =>
      groupsNamed(service, actor, server, asked.name),
  },
  handle: (service, call, server) => {
    const permit = permitChange(call, server, 'remove-security-group');
    const { name } = call.body.removeSecurityGroup;
    return service.networks.proxies.groups.leave(server, name, permit);
  },
});

async function groupsNamed(
  service: ComputeService,
  actor: Actor,
  server: Server,
  name: string,
): Promise<Thing[]> {
  const ids = await service.networks.proxies.groups.idsNamed(server.projectId, name);
  return service.networks.thingsNamed(actor, { securityGroup: ids });
}
