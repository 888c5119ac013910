import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { lockServer } from '#compute/servers/lock.ts';
import { serverTarget } from '../target.ts';

const closed = { additionalProperties: false };
const declaration = {
  method: 'POST',
  path: '/servers/{server_id}/action',
  action: 'lock',
  summary: 'Locks a server, so that only administrators change it.',
  requires: ['ecs:servers:lock', 'ecs:servers:get'],
  target: serverTarget,
  status: 202,
} as const;

const reason = Type.String({ minLength: 1, maxLength: 255, pattern: '^[^\\u0000]*$' });
const because = Type.Object({ locked_reason: Type.Optional(reason) }, closed);

/** A reason can be given since 2.73; before, whatever came was not looked at. */
export const lock = [
  endpoint({
    ...declaration,
    until: '2.72',
    body: Type.Object({ lock: Type.Unknown() }, closed),
    handle: (service, call, server) => lockServer(service, call, server, null),
  }),
  endpoint({
    ...declaration,
    since: '2.73',
    body: Type.Object({ lock: Type.Union([Type.Null(), because]) }, closed),
    handle: (service, call, server) =>
      lockServer(service, call, server, call.body.lock?.locked_reason ?? null),
  }),
];
