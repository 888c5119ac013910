import { type Actor, isAdmin } from '#policy/actor.ts';
import type { StandardAttributes } from '../standard.ts';

export interface Pool {
  start: string;
  end: string;
}

export interface HostRoute {
  destination: string;
  nexthop: string;
}

export interface Subnet extends StandardAttributes {
  networkId: string;
  /** Whether its network is shared: then every project sees the subnet. */
  networkShared: boolean;
  name: string;
  ipVersion: 4 | 6;
  cidr: string;
  gatewayIp: string | null;
  enableDhcp: boolean;
  allocationPools: Pool[];
  dnsNameservers: string[];
  hostRoutes: HostRoute[];
  ipv6RaMode: string | null;
  ipv6AddressMode: string | null;
}

export function ownsSubnet(actor: Actor, subnet: { projectId: string }): boolean {
  return isAdmin(actor) || subnet.projectId === actor.projectId;
}

export function seesSubnet(actor: Actor, subnet: Subnet): boolean {
  return subnet.networkShared || ownsSubnet(actor, subnet);
}

/** Guests there make their own address from their MAC; nothing is drawn from the pools. */
export function isAutoAddressed(subnet: Pick<Subnet, 'ipv6AddressMode'>): boolean {
  return subnet.ipv6AddressMode === 'slaac' || subnet.ipv6AddressMode === 'dhcpv6-stateless';
}
