import { randomUUID } from 'node:crypto';
import type {
  NetworkSpec,
  PortSpec,
  RouterSpec,
  SecurityRule,
  SubnetSpec,
} from '#drivers/network/network.ts';

export function subnetSpec(changes: Partial<SubnetSpec> = {}): SubnetSpec {
  return {
    id: randomUUID(),
    cidr: '10.42.0.0/16',
    ipVersion: 4,
    gateway: '10.42.0.1',
    dhcpEnabled: true,
    dhcpAddress: '10.42.0.2',
    dnsServers: ['192.0.2.53'],
    hostRoutes: [],
    ...changes,
  };
}

export function networkSpec(changes: Partial<NetworkSpec> = {}): NetworkSpec {
  return { id: randomUUID(), mtu: 1450, external: false, subnets: [subnetSpec()], ...changes };
}

export function externalNetworkSpec(): NetworkSpec {
  const cidr = '203.0.113.0/24';
  const gateway = '203.0.113.1';
  const subnet = subnetSpec({ cidr, gateway, dhcpEnabled: false, dhcpAddress: null });
  return networkSpec({ external: true, subnets: [subnet] });
}

/** The n-th port of a network: 10.42.0.(10 + n). */
export function portSpec(
  network: NetworkSpec,
  n: number,
  changes: Partial<PortSpec> = {},
): PortSpec {
  return {
    id: randomUUID(),
    networkId: network.id,
    macAddress: `fa:16:3e:00:00:${(10 + n).toString(16).padStart(2, '0')}`,
    fixedIps: [{ subnetId: network.subnets[0]?.id ?? '', address: `10.42.0.${10 + n}` }],
    hostname: `guest-${n}`,
    portSecurityEnabled: true,
    allowedAddressPairs: [],
    rules: [rule({ direction: 'egress' })],
    ...changes,
  };
}

/** Everything from everywhere, unless told otherwise. */
export function rule(changes: Partial<SecurityRule> = {}): SecurityRule {
  return {
    direction: 'ingress',
    ipVersion: 4,
    protocol: null,
    portMin: null,
    portMax: null,
    remotes: null,
    ...changes,
  };
}

export function routerSpec(inside: NetworkSpec, outside: NetworkSpec): RouterSpec {
  return {
    id: randomUUID(),
    externalGateway: {
      networkId: outside.id,
      address: '203.0.113.10',
      prefixLength: 24,
      gateway: '203.0.113.1',
      sourceNat: true,
    },
    interfaces: [
      { portId: randomUUID(), networkId: inside.id, address: '10.42.0.1', prefixLength: 16 },
    ],
  };
}
