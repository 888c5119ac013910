import type { PortSpec, SecurityRule } from '../network.ts';
import { disjointCidrs, hexOf, linkLocalOf } from './addresses.ts';
import { metadataAddress } from './names.ts';
import { matchOf } from './rule-match.ts';

/** Sources a port may use: every MAC address with the ranges that may go with it. */
function allowedSources(port: PortSpec): Map<string, string[]> {
  const sources = new Map<string, string[]>();
  const allow = (mac: string, cidr: string) =>
    sources.set(mac, [...(sources.get(mac) ?? [linkLocalOf(mac)]), cidr]);
  for (const fixed of port.fixedIps) allow(port.macAddress, fixed.address);
  for (const pair of port.allowedAddressPairs) allow(pair.macAddress ?? port.macAddress, pair.cidr);
  if (!sources.has(port.macAddress)) sources.set(port.macAddress, [linkLocalOf(port.macAddress)]);
  return sources;
}

/**
 * Frames a port may send, judged before the bridge learns from them: own MAC, own addresses, in
 * ARP too. Other protocols, VLAN tags among them, would slip past the IP filters and are dropped.
 */
export function spoofingRules(port: PortSpec): string[] {
  const rules: string[] = [];
  for (const [mac, cidrs] of allowedSources(port)) {
    const ipv4 = disjointCidrs(cidrs, 4).join(', ');
    const ipv6 = disjointCidrs(cidrs, 6).join(', ');
    const own = `ether saddr ${mac}`;
    if (ipv4) {
      rules.push(`${own} ip saddr { ${ipv4} } accept`);
      rules.push(`${own} arp saddr ether ${mac} arp saddr ip { ${ipv4} } accept`);
    }
    // A guest may ask whether an address is free, and look for a DHCP server, before it has one.
    rules.push(`${own} arp operation request arp saddr ether ${mac} arp saddr ip 0.0.0.0 accept`);
    rules.push(`${own} ip saddr 0.0.0.0 ip daddr 255.255.255.255 udp dport 67 accept`);
    rules.push(`${own} ip6 saddr { ${ipv6} } accept`);
    rules.push(`${own} ip6 saddr :: icmpv6 type { 131, 132, 133, 135, 143 } accept`);
  }
  return [...rules, 'drop'];
}

/**
 * The opening direction is judged by the rules for every packet, not only the first: so a flow
 * ends with the rule that let it in, without a tool that edits the kernel's table of flows.
 */
const stateRules = [
  'ct state related accept',
  'ct direction reply ct state established accept',
  'ct state invalid drop',
];

function accepting(rules: readonly SecurityRule[], direction: SecurityRule['direction']): string[] {
  return rules
    .filter((rule) => rule.direction === direction)
    .map(matchOf)
    .filter((match) => match !== null)
    .map((match) => `${match} accept`);
}

/** Neighbour advertisements may only speak for the port's own addresses. */
function advertisementRules(port: PortSpec): string[] {
  const own = [...allowedSources(port).values()].flat();
  const ranges = disjointCidrs(own, 6).filter((cidr) => cidr.endsWith('/128'));
  const target = (cidr: string) => `@th,64,128 ${hexOf(cidr.slice(0, -'/128'.length))}`;
  return [
    ...ranges.map((cidr) => `icmpv6 type nd-neighbor-advert ${target(cidr)} accept`),
    'icmpv6 type nd-neighbor-advert drop',
  ];
}

/** What the guest may send. Judged after reassembly, so that fragments hide nothing. */
export function egressRules(port: PortSpec): string[] {
  return [
    'meta nfproto ipv4 udp sport 67 udp dport 68 drop',
    'meta nfproto ipv6 udp sport 547 udp dport 546 drop',
    'icmpv6 type { nd-router-advert, nd-redirect } drop',
    ...advertisementRules(port),
    'icmpv6 type { 131, 132, 133, 135, 143 } accept',
    ...stateRules,
    'meta nfproto ipv4 udp sport 68 udp dport 67 accept',
    'meta nfproto ipv6 udp sport 546 udp dport 547 accept',
    `ip daddr ${metadataAddress} tcp dport 80 accept`,
    ...accepting(port.rules, 'egress'),
    'drop',
  ];
}

/** What the guest may be sent. DHCP answers come from ours alone: guests cannot send them. */
export function ingressRules(port: PortSpec): string[] {
  return [
    'icmpv6 type { 130, 131, 132, 134, 135, 136, 143 } accept',
    'meta nfproto ipv4 udp sport 67 udp dport 68 accept',
    'meta nfproto ipv6 udp sport 547 udp dport 546 accept',
    ...stateRules,
    ...accepting(port.rules, 'ingress'),
    'drop',
  ];
}
