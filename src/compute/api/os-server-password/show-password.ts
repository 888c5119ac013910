import { Type } from 'typebox';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { readPassword } from '#compute/server-password/read.ts';

export const showPassword = endpoint({
  method: 'GET',
  path: '/servers/{server_id}/os-server-password',
  summary: 'Shows the password that the guest set, encrypted as the guest gave it.',
  requires: ['ecs:serverPasswords:manage'],
  query: noQuery,
  target: serverTarget,
  status: 200,
  response: Type.Object({ password: Type.String() }, { additionalProperties: false }),
  handle: async (service, _call, server) => ({ password: await readPassword(service, server) }),
});
