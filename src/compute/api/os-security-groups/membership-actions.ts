import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
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
  errors: [groupErrors.notFound],
} as const;

export const addSecurityGroup = endpoint({
  ...shared,
  action: 'addSecurityGroup',
  summary: "Puts a server's ports into a security group; effective at once.",
  body: Type.Object({ addSecurityGroup: named }, closed),
  handle: (service, call, server) =>
    service.networks.proxies.groups.join(server, call.body.addSecurityGroup.name),
});

export const removeSecurityGroup = endpoint({
  ...shared,
  action: 'removeSecurityGroup',
  summary: "Takes a server's ports out of a security group; effective at once.",
  body: Type.Object({ removeSecurityGroup: named }, closed),
  handle: (service, call, server) =>
    service.networks.proxies.groups.leave(server, call.body.removeSecurityGroup.name),
});
