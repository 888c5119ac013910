import { powerStates, type Server, statusOf } from '#compute/servers/server.ts';
import type { ComputeService } from '#compute/service.ts';
import type { ServerPort } from '#network/service.ts';

/** A server with what its wire form needs from elsewhere. */
export interface ServerView {
  server: Server;
  status: string;
  ports: readonly ServerPort[];
}

export async function viewsOf(
  service: ComputeService,
  servers: readonly Server[],
): Promise<ServerView[]> {
  const ports = await service.networks.portsOf(servers.map((server) => server.id));
  return servers.map((server) => ({
    server,
    status: statusOf(server),
    ports: ports.get(server.id) ?? [],
  }));
}

export async function viewOf(service: ComputeService, server: Server): Promise<ServerView> {
  const [view] = await viewsOf(service, [server]);
  return view ?? { server, status: statusOf(server), ports: [] };
}

/** Nova's progress: 100 while the guest runs, otherwise 0. */
export function progressOf({ server }: ServerView): number {
  return server.powerState === powerStates.running ? 100 : 0;
}

/** `{ private: [{ addr, version, … }] }`, networks in the order of the NICs. */
export function addressesOf({ ports }: ServerView): Record<string, object[]> {
  const result: Record<string, object[]> = {};
  for (const port of ports) {
    const list = result[port.networkName] ?? [];
    for (const ip of port.fixedIps) {
      list.push({
        version: ip.ipVersion,
        addr: ip.address,
        'OS-EXT-IPS:type': 'fixed',
        'OS-EXT-IPS-MAC:mac_addr': port.macAddress,
      });
    }
    result[port.networkName] = list;
  }
  return result;
}

/** Names of the groups on the server's ports, each once; absent while there is no port. */
export function securityGroupsOf({ ports }: ServerView): { name: string }[] | undefined {
  const names = new Set(ports.flatMap((port) => port.securityGroups.map((group) => group.name)));
  return names.size === 0 ? undefined : [...names].map((name) => ({ name }));
}
