import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '#compute/api/servers/target.ts';
import type { ServerPort } from '#network/service.ts';

export const listInterfaces = endpoint({
  method: 'GET',
  path: '/servers/{server_id}/os-interface',
  summary: "Lists a server's ports.",
  requires: ['ecs:serverInterfaces:get'],
  target: serverTarget,
  status: 200,
  handle: async (service, _call, server) => {
    const ports = (await service.networks.portsOf([server.id])).get(server.id) ?? [];
    return { interfaceAttachments: ports.map(interfaceWire) };
  },
});

function interfaceWire(port: ServerPort): object {
  return {
    port_state: port.status,
    port_id: port.id,
    net_id: port.networkId,
    mac_addr: port.macAddress,
    fixed_ips: port.fixedIps.map((ip) => ({ subnet_id: ip.subnetId, ip_address: ip.address })),
  };
}
