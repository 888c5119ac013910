import type { StandardAttributes } from '../standard.ts';

export type Direction = 'ingress' | 'egress';
export type EtherType = 'IPv4' | 'IPv6';

/** What a rule lets through. */
export interface Flow {
  direction: Direction;
  ethertype: EtherType;
  /** As the client wrote it, in lower case; null for any. */
  protocol: string | null;
  /** First port, or ICMP type. */
  portRangeMin: number | null;
  /** Last port, or ICMP code. */
  portRangeMax: number | null;
  remoteGroupId: string | null;
  remoteIpPrefix: string | null;
  /** The prefix without host bits. */
  normalizedCidr: string | null;
}

export interface SecurityGroupRule extends StandardAttributes, Flow {
  securityGroupId: string;
}

/** Protocols by name (IANA numbers); the ones that Neutron knows. */
export const protocolNumbers: Readonly<Record<string, number>> = {
  icmp: 1,
  igmp: 2,
  ipip: 4,
  tcp: 6,
  egp: 8,
  udp: 17,
  dccp: 33,
  'ipv6-encap': 41,
  'ipv6-route': 43,
  'ipv6-frag': 44,
  rsvp: 46,
  gre: 47,
  esp: 50,
  ah: 51,
  'ipv6-icmp': 58,
  icmpv6: 58,
  'ipv6-nonxt': 59,
  'ipv6-opts': 60,
  ospf: 89,
  vrrp: 112,
  pgm: 113,
  sctp: 132,
  udplite: 136,
};

/** Those that have ports: TCP, UDP, DCCP, SCTP, UDP-Lite. */
const withPorts = new Set([6, 17, 33, 132, 136]);
const icmpNumbers = new Set([1, 58]);

export function protocolNumber(protocol: string): number | undefined {
  const named = Object.hasOwn(protocolNumbers, protocol) ? protocolNumbers[protocol] : undefined;
  if (named !== undefined) return named;
  if (!/^\d{1,3}$/.test(protocol)) return undefined;
  const number = Number(protocol);
  return number <= 255 ? number : undefined;
}

export function hasPorts(protocol: string): boolean {
  return withPorts.has(protocolNumber(protocol) ?? -1);
}

export function isIcmp(protocol: string): boolean {
  return icmpNumbers.has(protocolNumber(protocol) ?? -1);
}

/** `::/0` and no prefix at all mean the same, but Neutron tells their rules apart; so do we. */
export function meaningOf(flow: Flow): string {
  const number = flow.protocol === null ? '' : protocolNumber(flow.protocol);
  const remote = flow.remoteGroupId ?? flow.normalizedCidr ?? '';
  const ports = `${flow.portRangeMin ?? ''}-${flow.portRangeMax ?? ''}`;
  return [flow.direction, flow.ethertype, number, ports, remote].join(' ');
}
