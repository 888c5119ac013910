import { Type } from 'typebox';
import { closedSince } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { consolePath } from '#compute/api/servers/remote-consoles/console-url.ts';
import { consoleErrors } from '#compute/consoles/errors.ts';
import { redeemConsole } from '#compute/consoles/redeem.ts';

const closed = { additionalProperties: false };
const path = '/os-console-auth-tokens/{token}';
const requires = ['ecs:consoleAuthTokens:get'];

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
  response: Type.Object(
    {
      console: Type.Object(
        {
          instance_uuid: Type.String(),
          host: Type.String(),
          port: Type.Integer(),
          internal_access_path: Type.Union([Type.String(), Type.Null()]),
          /** Of SPICE without a proxy, which is not served here. */
          tls_port: Type.Optional(Type.Integer({ since: '2.99' })),
        },
        closed,
      ),
    },
    closed,
  ),
  errors: [consoleErrors.tokenNotFound],
  handle: async (service, call) => {
    const { token } = call.params;
    const grant = await redeemConsole(service, token);
    if (!grant) throw consoleErrors.tokenNotFound();
    // Consoles are sockets on hosts; the way to them leads through our own listener.
    const { hostname, port, protocol } = new URL(call.origin);
    return {
      console: {
        instance_uuid: grant.serverId,
        host: hostname,
        port: Number(port) || (protocol === 'https:' ? 443 : 80),
        internal_access_path: consolePath(grant.type, token),
      },
    };
  },
});
