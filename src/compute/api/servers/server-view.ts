import { partsOf, type ServerParts } from '#compute/servers/parts.ts';
import type { Server } from '#compute/servers/server.ts';
import { statusOf } from '#compute/servers/status.ts';
import type { ComputeService } from '#compute/service.ts';

/** A server with what its wire form needs from elsewhere. */
export interface ServerView extends ServerParts {
  server: Server;
  status: string;
}

/** For forms that show nothing but the server's own. */
export function bareView(server: Server): ServerView {
  const status = statusOf(server);
  const parts = { ports: [], tags: [], groupIds: [] };
  return { server, status, ...parts, hostStatus: '', hostStatusUntilMs: Number.POSITIVE_INFINITY };
}

/** How long an answer that shows these may be kept. */
export function keptUntilMs(views: readonly ServerView[]): number {
  return Math.min(Number.POSITIVE_INFINITY, ...views.map((view) => view.hostStatusUntilMs));
}

export async function viewsOf(
  service: ComputeService,
  servers: readonly Server[],
): Promise<ServerView[]> {
  const parts = await partsOf(service, servers);
  return servers.map((server, index) => ({ ...bareView(server), ...parts[index] }));
}

export async function viewOf(service: ComputeService, server: Server): Promise<ServerView> {
  const [view] = await viewsOf(service, [server]);
  return view ?? bareView(server);
}

/** `{ private: [{ addr, version, … }] }`, networks in the order of the NICs. */
export function addressesOf({ ports }: ServerView): Record<string, object[]> {
  // Networks are named by their owners, `__proto__` too.
  const result = new Map<string, object[]>();
  for (const port of ports) {
    const list = result.get(port.networkName) ?? [];
    for (const ip of port.fixedIps) {
      list.push({
        version: ip.ipVersion,
        addr: ip.address,
        'OS-EXT-IPS:type': 'fixed',
        'OS-EXT-IPS-MAC:mac_addr': port.macAddress,
      });
    }
    for (const ip of port.floatingIps) {
      list.push({
        version: 4,
        addr: ip.address,
        'OS-EXT-IPS:type': 'floating',
        'OS-EXT-IPS-MAC:mac_addr': port.macAddress,
      });
    }
    result.set(port.networkName, list);
  }
  return Object.fromEntries(result);
}

/** The same as updates showed them up to 2.74. */
export function plainAddressesOf(view: ServerView): Record<string, object[]> {
  const networks = Object.entries(addressesOf(view)) as [string, { version: 4; addr: string }[]][];
  return Object.fromEntries(
    networks.map(([name, list]) => [name, list.map(({ version, addr }) => ({ version, addr }))]),
  );
}

/** Names of the groups on the server's ports, each once; absent while there is no port. */
export function securityGroupsOf({ ports }: ServerView): { name: string }[] | undefined {
  const names = new Set(ports.flatMap((port) => port.securityGroups.map((group) => group.name)));
  return names.size === 0 ? undefined : [...names].map((name) => ({ name }));
}
