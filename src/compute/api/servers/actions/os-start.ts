import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import { startServer } from '#compute/servers/start.ts';
import { serverTarget } from '../target.ts';

export const osStart = endpoint({
  method: 'POST',
  path: '/servers/{server_id}/action',
  action: 'os-start',
  summary: 'Starts a stopped server.',
  requires: ['ecs:servers:start', 'ecs:servers:get'],
  target: serverTarget,
  body: Type.Object({ 'os-start': Type.Unknown() }, { additionalProperties: false }),
  status: 202,
  errors: [computeErrors.invalidState, computeErrors.mayRunElsewhere, computeErrors.locked],
  handle: (service, call, server) => startServer(service, call, server),
});
