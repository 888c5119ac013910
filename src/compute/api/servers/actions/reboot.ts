import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import { rebootServer } from '#compute/servers/reboot.ts';
import { serverTarget } from '../target.ts';

/** Either word in any case, as Nova takes it. */
const type = Type.String({ pattern: '^([Hh][Aa][Rr][Dd]|[Ss][Oo][Ff][Tt])$' });

export const reboot = endpoint({
  method: 'POST',
  path: '/servers/{server_id}/action',
  action: 'reboot',
  summary: 'Reboots a server: SOFT by its power button, HARD at once.',
  requires: ['ecs:servers:reboot', 'ecs:servers:get'],
  target: serverTarget,
  body: Type.Object(
    { reboot: Type.Object({ type }, { additionalProperties: false }) },
    { additionalProperties: false },
  ),
  status: 202,
  errors: [computeErrors.invalidState, computeErrors.mayRunElsewhere, computeErrors.locked],
  handle: (service, call, server) => {
    const isHard = call.body.reboot.type.toUpperCase() === 'HARD';
    return rebootServer(service, call, server, isHard ? 'HARD' : 'SOFT');
  },
});
