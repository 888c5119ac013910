import ipaddr from 'ipaddr.js';
import { defaultZone } from '#base/config-hosts.ts';
import { findPassword } from '#compute/server-password/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { NetworkSpec, PortSpec } from '#drivers/network/network.ts';
import type { GuestFacts, GuestNicFacts } from '#metadata/documents.ts';
import type { ServerPort } from '#network/service.ts';
import { filesOf } from './files-store.ts';
import type { Server } from './server.ts';
import { findServer } from './store.ts';

/** As many as Nova gives. */
const seedBytes = 512;

export interface Wiring {
  network: NetworkSpec;
  port: PortSpec;
}

/** The wires of a server in the order of its NICs. */
export async function wiringsOf(service: ComputeService, serverId: string): Promise<Wiring[]> {
  const ports = (await service.networks.portsOf([serverId])).get(serverId) ?? [];
  const wirings = await Promise.all(ports.map((port) => service.networks.wiring(port.id)));
  return wirings.filter((wiring) => wiring !== undefined);
}

export async function guestFactsOf(
  service: ComputeService,
  serverId: string,
): Promise<GuestFacts | undefined> {
  const server = await findServer(service.database.queries, serverId);
  if (!server) return undefined;
  return describeGuest(service, server, await wiringsOf(service, serverId), null);
}

export async function describeGuest(
  service: ComputeService,
  server: Server,
  wirings: readonly Wiring[],
  adminPass: string | null,
): Promise<GuestFacts> {
  const ports = (await service.networks.portsOf([server.id])).get(server.id) ?? [];
  const groups = new Set(ports.flatMap((port) => port.securityGroups.map((group) => group.name)));
  const hasKey = server.keyName !== null && server.keyPublic !== null;
  return {
    serverId: server.id,
    projectId: server.projectId,
    name: server.name,
    hostname: server.hostname,
    instanceType: server.flavor.name,
    imageId: server.imageId,
    availabilityZone: server.availabilityZone ?? server.pinnedZone ?? defaultZone,
    launchIndex: server.launchIndex,
    reservationId: server.reservationId,
    key: hasKey ? { name: server.keyName ?? '', publicKey: server.keyPublic ?? '' } : null,
    userData: server.userData,
    metadata: server.metadata,
    securityGroups: [...groups],
    adminPass,
    password: (await findPassword(service.database.queries, server.id)) ?? '',
    randomSeed: Buffer.from(service.ids.secret(seedBytes), 'base64url').toString('base64'),
    nics: wirings.map((wiring) => ({ ...nicFacts(wiring), tag: tagOf(ports, wiring) })),
    files: await filesOf(service.database.queries, server.id),
  };
}

function tagOf(ports: readonly ServerPort[], wiring: Wiring): string | null {
  return ports.find((port) => port.id === wiring.port.id)?.nicTag ?? null;
}

function nicFacts({ network, port }: Wiring): GuestNicFacts {
  return {
    portId: port.id,
    networkId: network.id,
    macAddress: port.macAddress,
    mtu: network.mtu,
    addresses: port.fixedIps.flatMap(({ subnetId, address }) => {
      const subnet = network.subnets.find((candidate) => candidate.id === subnetId);
      if (!subnet) return [];
      return {
        address,
        ipVersion: subnet.ipVersion,
        prefixLength: ipaddr.parseCIDR(subnet.cidr)[1],
        gateway: subnet.gateway,
        // Nobody answers DHCPv6 on our networks: guests have only this to configure IPv6 by.
        isByDhcp: subnet.dhcpEnabled && subnet.ipVersion === 4,
        dnsServers: subnet.dnsServers,
        hostRoutes: subnet.hostRoutes,
      };
    }),
  };
}
