import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import { stopServer } from '#compute/servers/stop.ts';
import { serverTarget } from '../target.ts';

/** The reference adds a type; Nova's own clients send null or an empty object. */
const how = Type.Object({
  type: Type.Optional(Type.Union([Type.Literal('SOFT'), Type.Literal('HARD')])),
});

export const osStop = endpoint({
  method: 'POST',
  path: '/servers/{server_id}/action',
  action: 'os-stop',
  summary: 'Stops a server: by its power button, or at once with the type HARD.',
  requires: ['ecs:servers:stop', 'ecs:servers:get'],
  target: serverTarget,
  body: Type.Object(
    { 'os-stop': Type.Union([Type.Null(), how, Type.String({ maxLength: 255 })]) },
    { additionalProperties: false },
  ),
  status: 202,
  errors: [computeErrors.invalidState, computeErrors.locked],
  handle: (service, call, server) => {
    const wanted = call.body['os-stop'];
    const type = typeof wanted === 'object' && wanted !== null ? wanted.type : undefined;
    return stopServer(service, call, server, type ?? 'SOFT');
  },
});
