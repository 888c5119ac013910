import { type Static, Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { zoneName } from '#compute/api/resource-name.ts';
import { computeErrors } from '#compute/errors.ts';
import { serverErrors } from '#compute/servers/errors.ts';
import { changeServer, type ServerUpdate } from '#compute/servers/update.ts';
import { accessIp, description, diskConfig, hostname, serverName } from './fields.ts';
import { updatedServer } from './forms.ts';
import { viewOf } from './server-view.ts';
import { serverTarget } from './target.ts';

const body = Type.Object(
  {
    server: Type.Object(
      {
        name: Type.Optional(serverName),
        accessIPv4: Type.Optional(accessIp('ipv4')),
        accessIPv6: Type.Optional(accessIp('ipv6')),
        'OS-DCF:diskConfig': Type.Optional(diskConfig),
        description: Type.Optional(description),
        hostname: Type.Optional(hostname),
        pinned_availability_zone: Type.Optional(
          Type.Union([zoneName, Type.Null()], { since: '2.104' }),
        ),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);

export const updateServer = endpoint({
  method: 'PUT',
  path: '/servers/{server_id}',
  summary: 'Renames a server or changes what is written about it.',
  requires: ['ecs:servers:update', 'ecs:servers:get'],
  target: serverTarget,
  body,
  status: 200,
  errors: [computeErrors.zoneNotFound, serverErrors.pinnedElsewhere],
  response: Type.Object({ server: updatedServer.schema }),
  handle: async (service, call, server) => {
    const changed = await changeServer(service, server, readUpdate(call.body.server));
    const [shown] = updatedServer.render(call, [await viewOf(service, changed)]);
    return { server: shown };
  },
});

function readUpdate(server: Static<typeof body>['server']): ServerUpdate {
  const pinnedZone = server.pinned_availability_zone;
  return {
    ...(server.name !== undefined && { name: server.name.trim() }),
    ...(server.description !== undefined && { description: server.description }),
    ...(server.hostname !== undefined && { hostname: server.hostname }),
    ...(server.accessIPv4 !== undefined && { accessIpv4: server.accessIPv4 ?? '' }),
    ...(server.accessIPv6 !== undefined && { accessIpv6: server.accessIPv6 ?? '' }),
    ...(server['OS-DCF:diskConfig'] && { diskConfig: server['OS-DCF:diskConfig'] }),
    ...(pinnedZone !== undefined && { pinnedZone }),
  };
}
