import {
  type Block,
  blocksOverlap,
  formatAddress,
  formatBlock,
  isUsable,
  parseAddress,
  parseBlock,
} from '../addresses/address.ts';
import { networkErrors } from '../errors.ts';
import type { HostRoute, Subnet } from './subnet.ts';

/** Neutron's `max_dns_nameservers` and `max_subnet_host_routes`. */
export const subnetLimits = { dnsNameservers: 5, hostRoutes: 20 };

const invalid = (sentence: string) => networkErrors.invalidInput({ sentence });

/** @throws HTTPBadRequest, InvalidInput for what is no network in canonical form. */
export function checkCidr(cidr: string, ipVersion: 4 | 6): Block {
  const block = cidr.includes('/') ? parseBlock(cidr) : undefined;
  if (!block) {
    const reason = `'${cidr.slice(0, 64)}' is not a valid IP subnet`;
    throw networkErrors.invalidAttribute({ name: 'cidr', reason });
  }
  const [addressText = ''] = cidr.split('/');
  const address = parseAddress(addressText);
  if (address?.value !== block.first) {
    const recommended = formatBlock(block);
    const reason = `'${cidr}' isn't a recognized IP subnet cidr, '${recommended}' is recommended`;
    throw networkErrors.invalidAttribute({ name: 'cidr', reason });
  }
  if (block.ipVersion !== ipVersion) {
    throw invalid(`cidr '${cidr}' does not match the ip_version '${ipVersion}'`);
  }
  if (block.prefixLength === 0) throw invalid('0 is not allowed as CIDR prefix length');
  return block;
}

/** Blocks in which nobody can be handed an address. */
const neverServed = ['127.0.0.0/8', '::1/128', '224.0.0.0/4', 'ff00::/8'];

export function checkDhcp(block: Block): void {
  const hostBits = (block.ipVersion === 4 ? 32 : 128) - block.prefixLength;
  if (hostBits < 2) {
    throw invalid('Subnet has a prefix length that is incompatible with DHCP service enabled');
  }
  for (const text of neverServed) {
    const special = parseBlock(text);
    if (special && blocksOverlap(special, block)) {
      throw invalid('Multicast and loopback IP subnets are not supported if enable_dhcp is True');
    }
  }
}

export function checkOverlap(networkId: string, block: Block, others: readonly Subnet[]): void {
  for (const other of others) {
    const otherBlock = parseBlock(other.cidr);
    if (!otherBlock || !blocksOverlap(block, otherBlock)) continue;
    const asked = `Requested subnet with cidr: ${formatBlock(block)} for network: ${networkId}`;
    throw invalid(`${asked} overlaps with another subnet`);
  }
}

/** @returns the canonical address. */
export function checkGateway(block: Block, gatewayIp: string): string {
  const address = parseAddress(gatewayIp);
  if (!address) {
    const reason = `'${gatewayIp.slice(0, 64)}' is not a valid IP address`;
    throw networkErrors.invalidAttribute({ name: 'gateway_ip', reason });
  }
  if (!isUsable(block, address)) throw invalid('Gateway is not valid on subnet');
  return formatAddress(address);
}

export function checkNameservers(addresses: readonly string[]): string[] {
  if (addresses.length > subnetLimits.dnsNameservers) {
    throw invalid(`at most ${subnetLimits.dnsNameservers} DNS servers are allowed per subnet`);
  }
  const canonical = addresses.map((text) => {
    const address = parseAddress(text);
    if (!address) {
      const reason = `'${text.slice(0, 64)}' is not a valid nameserver`;
      throw networkErrors.invalidAttribute({ name: 'dns_nameservers', reason });
    }
    return formatAddress(address);
  });
  if (new Set(canonical).size < canonical.length) {
    const reason = 'Duplicate nameserver';
    throw networkErrors.invalidAttribute({ name: 'dns_nameservers', reason });
  }
  return canonical;
}

export function checkHostRoutes(routes: readonly HostRoute[], ipVersion: 4 | 6): HostRoute[] {
  if (routes.length > subnetLimits.hostRoutes) {
    throw invalid(`at most ${subnetLimits.hostRoutes} host routes are allowed per subnet`);
  }
  return routes.map((route) => {
    const block = route.destination.includes('/') ? parseBlock(route.destination) : undefined;
    const nexthop = parseAddress(route.nexthop);
    if (!block || !nexthop) {
      const reason = 'Invalid data format for hostroute';
      throw networkErrors.invalidAttribute({ name: 'host_routes', reason });
    }
    if (block.ipVersion !== ipVersion || nexthop.ipVersion !== ipVersion) {
      throw invalid(`host_routes do not match the ip_version '${ipVersion}'`);
    }
    return { destination: formatBlock(block), nexthop: formatAddress(nexthop) };
  });
}

/** Which combinations make sense is Neutron's rule; both modes, where given, must agree. */
export function checkIpv6Modes(
  block: Block,
  raMode: string | undefined,
  addressMode: string | undefined,
  enableDhcp: boolean,
): void {
  if (raMode === undefined && addressMode === undefined) return;
  if (block.ipVersion === 4) {
    throw invalid('ipv6_ra_mode and ipv6_address_mode are not valid for an IPv4 subnet');
  }
  if (!enableDhcp) {
    throw invalid(
      'ipv6_ra_mode or ipv6_address_mode cannot be set when enable_dhcp is set to False',
    );
  }
  if (raMode !== undefined && addressMode !== undefined && raMode !== addressMode) {
    const modes = `ipv6_ra_mode set to '${raMode}' with ipv6_address_mode set to '${addressMode}'`;
    throw invalid(`${modes} is not valid. If both attributes are set, they must be the same value`);
  }
  const isStateful = (addressMode ?? raMode) === 'dhcpv6-stateful';
  if (!isStateful && block.prefixLength !== 64) {
    throw invalid(`Invalid CIDR ${formatBlock(block)} for IPv6 address mode: it must be a /64`);
  }
}
