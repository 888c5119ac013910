import { groupErrors } from '../os-security-groups/errors.ts';

/** A rule as old clients write it; ports also as text. */
export interface OldRule {
  ip_protocol?: string | null | undefined;
  from_port?: number | string | null | undefined;
  to_port?: number | string | null | undefined;
  cidr?: string | null | undefined;
}

/** What is let through; null means all of it. */
export interface Ports {
  protocol: string | null;
  from: number | null;
  to: number | null;
}

/**
 * What an old client means by protocol and ports.
 * @param byGroup a rule that names a group may leave them out; one with addresses must not
 * @throws the refusals of `groupErrors`
 */
export function readPorts(rule: OldRule, byGroup: boolean): Ports {
  const protocol = rule.ip_protocol ? String(rule.ip_protocol).toLowerCase() : null;
  const from = readNumber(rule.from_port);
  const to = readNumber(rule.to_port);
  if (protocol === null || from === null || to === null) {
    if (!byGroup) throw groupErrors.ruleIncomplete();
    // Without an end there is no range: everything that the protocol has.
    if (protocol !== null) requireKnown(protocol);
    return { protocol, from: null, to: null };
  }
  requireKnown(protocol);
  return protocol === 'icmp' ? icmpPorts(from, to) : tcpPorts(protocol, from, to);
}

function requireKnown(protocol: string): void {
  if (!['tcp', 'udp', 'icmp'].includes(protocol)) throw groupErrors.protocolInvalid({ protocol });
}

function tcpPorts(protocol: string, from: number, to: number): Ports {
  const refuse = (sentence: string) => groupErrors.portRangeInvalid({ from, to, sentence });
  if (from > to) throw refuse('Former value cannot be greater than the later');
  if (from < 1 || to > 65_535) {
    throw refuse(`Valid ${protocol.toUpperCase()} ports should be between 1-65535`);
  }
  return { protocol, from, to };
}

/** -1 stands for any type or code. */
function icmpPorts(type: number, code: number): Ports {
  if (type < -1 || type > 255 || code < -1 || code > 255) {
    const sentence = 'For ICMP, the type:code must be valid';
    throw groupErrors.portRangeInvalid({ from: type, to: code, sentence });
  }
  const any = (value: number) => (value === -1 ? null : value);
  // A code without a type means nothing.
  return { protocol: 'icmp', from: any(type), to: type === -1 ? null : any(code) };
}

function readNumber(value: number | string | null | undefined): number | null {
  if (value === undefined || value === null || value === '') return null;
  if (!/^-?\d{1,9}$/.test(String(value))) throw groupErrors.portsNoNumbers();
  return Number(value);
}
