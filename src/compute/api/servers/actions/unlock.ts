import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { unlockServer } from '#compute/servers/lock.ts';
import { serverTarget } from '../target.ts';

/** Anything stood for nothing until 2.101. */
const nothing = Type.Union([Type.Unknown({ until: '2.101' }), Type.Null({ since: '2.102' })]);

export const unlock = endpoint({
  method: 'POST',
  path: '/servers/{server_id}/action',
  action: 'unlock',
  summary: 'Unlocks a server; what an administrator locked, only an administrator.',
  requires: ['ecs:servers:unlock', 'ecs:servers:get'],
  target: serverTarget,
  body: Type.Object({ unlock: nothing }, { additionalProperties: false }),
  status: 202,
  handle: (service, call, server) => unlockServer(service, call, server),
});
