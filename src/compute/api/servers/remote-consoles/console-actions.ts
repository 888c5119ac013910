import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { consoleAction } from '#compute/consoles/actions.ts';
import type { ConsoleProtocol, ConsoleType } from '#compute/consoles/console.ts';
import { consoleErrors } from '#compute/consoles/errors.ts';
import { openConsole } from '#compute/consoles/open.ts';
import { computeErrors } from '#compute/errors.ts';
import { serverTarget } from '../target.ts';
import { consoleUrl } from './console-url.ts';

const closed = { additionalProperties: false };

/** Before 2.6 every protocol had an action of its own. */
function actionOf(action: string, protocol: ConsoleProtocol, types: readonly ConsoleType[]) {
  const type = Type.Enum([...types]);
  const console = Type.Object({ type, url: Type.String() }, closed);
  return endpoint({
    until: '2.5',
    method: 'POST',
    path: '/servers/{server_id}/action',
    action,
    summary: `Gives the address of a ${protocol} console of a server.`,
    requires: [consoleAction],
    target: serverTarget,
    body: Type.Object({ [action]: Type.Object({ type }, closed) }, closed),
    status: 200,
    response: Type.Object({ console }, closed),
    errors: [
      computeErrors.notReady,
      consoleErrors.typeUnavailable,
      consoleErrors.typeInvalid,
      consoleErrors.removed,
    ],
    handle: async (service, call, server) => {
      const wanted = (call.body as Record<string, { type: ConsoleType }>)[action];
      const type = wanted?.type ?? 'novnc';
      const token = await openConsole(service, call, server, { protocol, type });
      return { console: { type, url: consoleUrl(service, call, type, token) } };
    },
  });
}

export const consoleActions = [
  actionOf('os-getVNCConsole', 'vnc', ['novnc', 'xvpvnc']),
  actionOf('os-getSPICEConsole', 'spice', ['spice-html5']),
  actionOf('os-getRDPConsole', 'rdp', ['rdp-html5']),
  actionOf('os-getSerialConsole', 'serial', ['serial']),
];
