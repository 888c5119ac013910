import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import { readInterfaces } from '#compute/interfaces/read.ts';
import { interfacesAnswer, interfaceWire } from './wire.ts';

export const listInterfaces = endpoint({
  method: 'GET',
  path: '/servers/{server_id}/os-interface',
  summary: "Lists a server's ports.",
  requires: ['ecs:serverInterfaces:get'],
  query: noQuery,
  target: serverTarget,
  status: 200,
  isKept: true,
  response: interfacesAnswer,
  handle: async (service, call, server) => {
    const ports = await readInterfaces(service, server);
    const shown = ports.map((port) => interfaceWire.render(port, call.version, null));
    return { interfaceAttachments: shown };
  },
});
