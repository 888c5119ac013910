import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { clearPassword as forgetPassword } from '#compute/server-password/read.ts';

export const clearPassword = endpoint({
  method: 'DELETE',
  path: '/servers/{server_id}/os-server-password',
  summary: 'Forgets the password that the guest set; in the guest nothing changes.',
  requires: ['ecs:serverPasswords:manage'],
  query: noQuery,
  target: serverTarget,
  status: 204,
  handle: (service, _call, server) => forgetPassword(service, server),
});
