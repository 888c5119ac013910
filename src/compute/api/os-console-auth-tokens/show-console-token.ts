import { Type } from 'typebox';
import { closedSince } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { consoleBase, socketPath } from '#compute/api/servers/remote-consoles/console-url.ts';
import { consoleErrors } from '#compute/consoles/errors.ts';
import { showConsole } from '#compute/consoles/redeem.ts';
import { Wire } from '#endpoints/wire.ts';

const closed = { additionalProperties: false };
const path = '/os-console-auth-tokens/{token}';
const requires = ['ecs:consoleAuthTokens:get'];

interface ConsolePlace {
  serverId: string;
  /** Ours: consoles are sockets on hosts, and the way to them leads through our own listener. */
  origin: URL;
  accessPath: string;
}

const textOrNull = Type.Union([Type.String(), Type.Null()]);

const consoleWire = new Wire<ConsolePlace, void>([
  { name: 'instance_uuid', schema: Type.String(), value: ({ serverId }) => serverId },
  { name: 'host', schema: Type.String(), value: ({ origin }) => origin.hostname },
  { name: 'port', schema: Type.Integer(), value: ({ origin }) => portOf(origin) },
  { name: 'internal_access_path', schema: textOrNull, value: ({ accessPath }) => accessPath },
  {
    name: 'tls_port',
    since: '2.99',
    schema: Type.Union([Type.Integer(), Type.Null()]),
    value: ({ origin }) => (origin.protocol === 'https:' ? portOf(origin) : null),
  },
]);

function portOf({ port, protocol }: URL): number {
  return Number(port) || (protocol === 'https:' ? 443 : 80);
}

/** Once these versions answered for RDP consoles, and for no others. */
export const refuseConsoleToken = endpoint({
  until: '2.30',
  method: 'GET',
  path,
  summary: 'Refused: this version knows RDP consoles only, and there are none.',
  requires,
  status: 400,
  errors: [consoleErrors.removed],
  handle: () => Promise.reject(consoleErrors.removed()),
});

export const showConsoleToken = endpoint({
  since: '2.31',
  method: 'GET',
  path,
  summary: 'Tells a proxy where the console is that a token is for.',
  requires,
  query: closedSince('2.99', {}),
  status: 200,
  response: Type.Object({ console: consoleWire.schema }, closed),
  errors: [consoleErrors.tokenNotFound],
  handle: async (service, call) => {
    const { token } = call.params;
    const grant = await showConsole(service, token);
    if (!grant) throw consoleErrors.tokenNotFound();
    const { serverId } = grant;
    const origin = new URL(consoleBase(service, call));
    const place = { serverId, origin, accessPath: socketPath(token) };
    return { console: consoleWire.render(place, call.version) };
  },
});
