import type { Queries } from '#db/database.ts';
import type { NetworkSpec, PortSpec, RouterSpec, SubnetSpec } from '#drivers/network/network.ts';
import { parseBlock } from '../addresses/address.ts';
import { floatingIpsOfRouter } from '../floating-ips/store.ts';
import { findNetwork } from '../networks/store.ts';
import { type Port, serviceOwner } from '../ports/port.ts';
import { findDhcpPort, routerPorts } from '../ports/store.ts';
import type { Router } from '../routers/router.ts';
import { findRouter } from '../routers/store.ts';
import { findSubnet, subnetsOf } from '../subnets/store.ts';
import type { Subnet } from '../subnets/subnet.ts';
import type { ResolvedRules } from './rules.ts';

/** What the driver is to make of a network; undefined when there is none. */
export async function networkSpec(
  db: Queries,
  networkId: string,
): Promise<NetworkSpec | undefined> {
  const network = await findNetwork(db, networkId);
  if (!network) return undefined;
  const dhcpPort = await findDhcpPort(db, networkId);
  const dhcpAddresses = new Map(dhcpPort?.fixedIps.map((one) => [one.subnetId, one.address]));
  const subnets = await subnetsOf(db, [networkId]);
  return {
    id: network.id,
    mtu: network.mtu,
    external: network.external,
    subnets: subnets.map((subnet) => subnetSpec(subnet, dhcpAddresses.get(subnet.id) ?? null)),
  };
}

function subnetSpec(subnet: Subnet, dhcpAddress: string | null): SubnetSpec {
  return {
    id: subnet.id,
    cidr: subnet.cidr,
    ipVersion: subnet.ipVersion,
    gateway: subnet.gatewayIp,
    dhcpEnabled: subnet.enableDhcp,
    dhcpAddress,
    dnsServers: subnet.dnsNameservers,
    hostRoutes: subnet.hostRoutes.map(({ destination, nexthop }) => ({
      destination,
      nextHop: nexthop,
    })),
  };
}

/** What the driver is to make of a router; undefined when there is none or it is switched off. */
export async function routerSpec(db: Queries, routerId: string): Promise<RouterSpec | undefined> {
  const router = await findRouter(db, routerId);
  if (!router?.adminStateUp) return undefined;
  const interfaces: RouterSpec['interfaces'] = [];
  let externalGateway: RouterSpec['externalGateway'] = null;
  for (const port of await routerPorts(db, [routerId])) {
    for (const { subnetId, address } of port.fixedIps) {
      const subnet = await findSubnet(db, subnetId);
      // Drivers route IPv4 only; IPv6 stays within its network.
      if (subnet?.ipVersion !== 4) continue;
      const prefixLength = parseBlock(subnet.cidr)?.prefixLength ?? 32;
      if (port.deviceOwner === serviceOwner.routerInterface) {
        interfaces.push({ portId: port.id, networkId: port.networkId, address, prefixLength });
      } else if (subnet.gatewayIp !== null && externalGateway === null) {
        externalGateway = {
          networkId: port.networkId,
          address,
          prefixLength,
          gateway: subnet.gatewayIp,
          sourceNat: router.externalGateway?.enableSnat ?? true,
        };
      }
    }
  }
  return { id: routerId, externalGateway, interfaces, floatingIps: await translations(db, router) };
}

/** What the router translates: floating IPs of the network that its gateway is on. */
async function translations(db: Queries, router: Router) {
  const networkId = router.externalGateway?.networkId;
  const floatingIps = await floatingIpsOfRouter(db, router.id);
  return floatingIps.flatMap(({ address, association, ...one }) =>
    association && one.networkId === networkId
      ? [{ address, fixedAddress: association.fixedAddress }]
      : [],
  );
}

/** @param networkUp a network switched off lets nothing through, like a port switched off. */
export function portSpec(port: Port, rules: ResolvedRules, networkUp: boolean): PortSpec {
  const isUp = port.adminStateUp && networkUp;
  return {
    id: port.id,
    networkId: port.networkId,
    macAddress: port.macAddress,
    fixedIps: port.fixedIps,
    hostname: port.dnsName || hostnameOf(port),
    portSecurityEnabled: port.portSecurityEnabled || !isUp,
    allowedAddressPairs: port.allowedAddressPairs.map((pair) => ({
      macAddress: pair.mac_address ?? null,
      cidr: asCidr(pair.ip_address),
    })),
    rules: isUp ? port.securityGroupIds.flatMap((id) => rules.get(id) ?? []) : [],
  };
}

/** `host-10-42-0-5`: what DHCP calls a guest for which nobody chose a name. */
function hostnameOf(port: Port): string {
  const [first] = port.fixedIps;
  const suffix = first ? first.address.replaceAll(/[.:]+/g, '-') : port.id.slice(0, 8);
  return `host-${suffix}`;
}

export function asCidr(addressOrBlock: string): string {
  if (addressOrBlock.includes('/')) return addressOrBlock;
  return `${addressOrBlock}/${addressOrBlock.includes(':') ? 128 : 32}`;
}
