import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import { deleteServer as removeServer } from '#compute/servers/delete.ts';
import { serverTarget } from './target.ts';

export const deleteServer = endpoint({
  method: 'DELETE',
  path: '/servers/{server_id}',
  summary: 'Deletes a server in whatever state it is.',
  requires: ['ecs:servers:delete'],
  target: serverTarget,
  status: 204,
  errors: [computeErrors.locked],
  handle: (service, call, server) => removeServer(service, call, server),
});
