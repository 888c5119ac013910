import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { consoleAction } from '#compute/consoles/actions.ts';
import { consoleErrors } from '#compute/consoles/errors.ts';
import { openConsole } from '#compute/consoles/open.ts';
import { computeErrors } from '#compute/errors.ts';
import { serverTarget } from '../target.ts';
import { consoleUrl } from './console-url.ts';

const closed = { additionalProperties: false };

/** Each version can ask for a little more; what there is to get is another matter. */
const protocol = Type.Union([
  Type.Enum(['vnc', 'spice', 'rdp', 'serial']),
  Type.Enum(['mks'], { since: '2.8' }),
]);
const type = Type.Union([
  Type.Enum(['novnc', 'xvpvnc', 'spice-html5', 'rdp-html5', 'serial']),
  Type.Enum(['webmks'], { since: '2.8' }),
  Type.Enum(['spice-direct'], { since: '2.99' }),
]);

export const createRemoteConsole = endpoint({
  since: '2.6',
  method: 'POST',
  path: '/servers/{server_id}/remote-consoles',
  summary: 'Gives the address of a console of a server, good for ten minutes.',
  requires: [consoleAction],
  target: serverTarget,
  body: Type.Object({ remote_console: Type.Object({ protocol, type }, closed) }, closed),
  status: 200,
  response: Type.Object(
    { remote_console: Type.Object({ protocol, type, url: Type.String() }, closed) },
    closed,
  ),
  errors: [
    computeErrors.notReady,
    consoleErrors.typeUnavailable,
    consoleErrors.typeInvalid,
    consoleErrors.removed,
  ],
  handle: async (service, call, server) => {
    const wanted = call.body.remote_console;
    const token = await openConsole(service, call, server, wanted);
    return { remote_console: { ...wanted, url: consoleUrl(service, call, wanted.type, token) } };
  },
});
