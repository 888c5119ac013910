import type { SecurityRule } from '../network.ts';
import { disjointCidrs } from './addresses.ts';

/** Names that Neutron accepts, by IANA number. */
const protocolNumbers = new Map<string, number>([
  ['icmp', 1],
  ['igmp', 2],
  ['ipip', 4],
  ['tcp', 6],
  ['egp', 8],
  ['udp', 17],
  ['dccp', 33],
  ['ipv6-encap', 41],
  ['ipv6-route', 43],
  ['ipv6-frag', 44],
  ['rsvp', 46],
  ['gre', 47],
  ['esp', 50],
  ['ah', 51],
  ['icmpv6', 58],
  ['ipv6-icmp', 58],
  ['ipv6-nonxt', 59],
  ['ipv6-opts', 60],
  ['ospf', 89],
  ['vrrp', 112],
  ['pgm', 113],
  ['sctp', 132],
  ['udplite', 136],
]);

/** Protocols whose header begins with two port numbers. */
const withPorts = new Set([6, 17, 33, 132, 136]);
const icmp = 1;
const icmpv6 = 58;

function protocolNumber(protocol: string, ipVersion: 4 | 6): number {
  const number = protocolNumbers.get(protocol) ?? Number(protocol);
  if (!Number.isInteger(number) || number < 0 || number > 255) {
    throw new TypeError(`protocol is unknown: ${JSON.stringify(protocol)}`);
  }
  // Neutron takes `icmp` in an IPv6 rule to mean ICMPv6.
  return number === icmp && ipVersion === 6 ? icmpv6 : number;
}

function matchPorts(rule: SecurityRule, number: number): string {
  const { portMin, portMax } = rule;
  if (number === icmp || number === icmpv6) {
    const name = number === icmp ? 'icmp' : 'icmpv6';
    const type = portMin === null ? '' : `${name} type ${portMin}`;
    const code = portMin === null || portMax === null ? '' : `${name} code ${portMax}`;
    return `${type} ${code}`;
  }
  if (!withPorts.has(number) || (portMin === null && portMax === null)) return '';
  return `th dport ${portMin ?? 0}-${portMax ?? 65535}`;
}

function matchRemotes(rule: SecurityRule): string | null {
  if (rule.remotes === null) return '';
  const cidrs = disjointCidrs(rule.remotes, rule.ipVersion);
  if (cidrs.length === 0) return null;
  if (cidrs.some((cidr) => cidr.endsWith('/0'))) return '';
  const side = rule.direction === 'ingress' ? 'saddr' : 'daddr';
  return `${rule.ipVersion === 4 ? 'ip' : 'ip6'} ${side} { ${cidrs.join(', ')} }`;
}

/** @returns the nftables match of one rule, or null when the rule lets nobody through. */
export function matchOf(rule: SecurityRule): string | null {
  const remotes = matchRemotes(rule);
  if (remotes === null) return null;
  const parts = [`meta nfproto ipv${rule.ipVersion}`, remotes];
  if (rule.protocol !== null) {
    const number = protocolNumber(rule.protocol, rule.ipVersion);
    parts.push(`meta l4proto ${number}`, matchPorts(rule, number));
  }
  return parts.join(' ').replaceAll(/ +/g, ' ').trim();
}
