import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { cardErrors } from '#compute/interfaces/errors.ts';
import { readInterfaces } from '#compute/interfaces/read.ts';
import { portOfPath } from './names.ts';
import { interfaceAnswer, interfaceWire } from './wire.ts';

export const showInterface = endpoint({
  method: 'GET',
  path: '/servers/{server_id}/os-interface/{port_id}',
  summary: "Shows one of a server's ports.",
  requires: ['ecs:serverInterfaces:get'],
  query: noQuery,
  target: serverTarget,
  names: portOfPath,
  status: 200,
  isKept: true,
  response: interfaceAnswer,
  errors: [cardErrors.notOnServer],
  handle: async (service, call, server) => {
    const { port_id: portId } = call.params;
    const ports = await readInterfaces(service, server);
    const port = ports.find((one) => one.id === portId);
    if (!port) throw cardErrors.notOnServer({ serverId: server.id, portId });
    return { interfaceAttachment: interfaceWire.render(port, call.version, null) };
  },
});
