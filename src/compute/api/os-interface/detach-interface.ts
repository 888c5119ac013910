import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { computeErrors } from '#compute/errors.ts';
import { detachInterface as detach } from '#compute/interfaces/detach.ts';
import { cardErrors } from '#compute/interfaces/errors.ts';
import { portOfPath } from './names.ts';

export const detachInterface = endpoint({
  method: 'DELETE',
  path: '/servers/{server_id}/os-interface/{port_id}',
  summary: 'Takes a network card from a server, also while it runs.',
  requires: ['ecs:serverInterfaces:use'],
  query: noQuery,
  target: serverTarget,
  names: portOfPath,
  status: 202,
  errors: [
    computeErrors.invalidState,
    computeErrors.locked,
    cardErrors.notOnServer,
    cardErrors.primaryLast,
  ],
  handle: (service, call, server) =>
    detach(service, call, server, call.params.port_id, call.surface === 'compute-v2'),
});
