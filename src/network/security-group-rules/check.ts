import { formatBlock, parseBlock } from '../addresses/address.ts';
import { networkErrors } from '../errors.ts';
import { securityErrors } from './errors.ts';
import {
  type Direction,
  type EtherType,
  type Flow,
  hasPorts,
  isIcmp,
  protocolNumber,
} from './rule.ts';

/** A rule as a client writes it. */
export interface FlowRequest {
  direction: Direction;
  ethertype?: string | null | undefined;
  protocol?: string | number | null | undefined;
  portRangeMin?: number | string | null | undefined;
  portRangeMax?: number | string | null | undefined;
  remoteGroupId?: string | null | undefined;
  remoteIpPrefix?: string | null | undefined;
}

/** @throws the refusals of `securityErrors` that Neutron has for each mistake. */
export function checkFlow(request: FlowRequest): Flow {
  const ethertype = checkEtherType(request.ethertype);
  const protocol = checkProtocol(request.protocol);
  const portRangeMin = checkNumber(request.portRangeMin);
  const portRangeMax = checkNumber(request.portRangeMax);
  checkPorts(protocol, portRangeMin, portRangeMax);
  if (protocol !== null && ethertype === 'IPv4' && protocolNumber(protocol) === 58) {
    throw securityErrors.protocolNotOfVersion({ ethertype, protocol });
  }
  const remoteGroupId = request.remoteGroupId || null;
  const remoteIpPrefix = request.remoteIpPrefix || null;
  if (remoteGroupId !== null && remoteIpPrefix !== null) throw securityErrors.twoRemotes();
  const { direction } = request;
  const flow = { direction, ethertype, protocol, portRangeMin, portRangeMax };
  const normalizedCidr = remoteIpPrefix === null ? null : normalize(remoteIpPrefix, ethertype);
  return { ...flow, remoteGroupId, remoteIpPrefix, normalizedCidr };
}

function checkEtherType(text: string | null | undefined): EtherType {
  const lower = (text ?? 'IPv4').toLowerCase();
  if (lower === 'ipv4') return 'IPv4';
  if (lower === 'ipv6') return 'IPv6';
  const reason = `'${lower.slice(0, 32)}' is not in ['IPv4', 'IPv6']`;
  throw networkErrors.invalidAttribute({ name: 'ethertype', reason });
}

function checkProtocol(value: string | number | null | undefined): string | null {
  if (value === null || value === undefined || value === '') return null;
  const protocol = String(value).toLowerCase();
  if (protocol === 'any') return null;
  if (protocolNumber(protocol) === undefined) {
    throw securityErrors.protocolInvalid({ protocol: protocol.slice(0, 64) });
  }
  // Neutron also takes 0, IPv6's hop-by-hop, for what others call any.
  return protocol === '0' ? null : protocol;
}

function checkNumber(value: number | string | null | undefined): number | null {
  if (value === null || value === undefined || value === '') return null;
  if (!/^-?\d{1,9}$/.test(String(value))) {
    throw securityErrors.portInvalid({ port: String(value).slice(0, 32) });
  }
  return Number(value);
}

function checkPorts(protocol: string | null, min: number | null, max: number | null): void {
  if (min === null && max === null) return;
  if (protocol === null) throw securityErrors.portsNeedProtocol();
  if (isIcmp(protocol)) {
    checkIcmp(min, max);
    return;
  }
  if (!hasPorts(protocol)) throw securityErrors.protocolHasNoPorts({ protocol });
  for (const port of [min, max]) {
    if (port !== null && (port < 1 || port > 65_535)) throw securityErrors.portInvalid({ port });
  }
  if (min === null || max === null || min > max) throw securityErrors.portRangeInvalid();
}

function checkIcmp(type: number | null, code: number | null): void {
  if (type === null && code !== null) throw securityErrors.icmpTypeMissing({ value: code });
  const fields: [string, number | null][] = [
    ['type', type],
    ['code', code],
  ];
  for (const [field, value] of fields) {
    if (value !== null && (value < 0 || value > 255)) {
      throw securityErrors.icmpInvalid({ field, value });
    }
  }
}

function normalize(prefix: string, ethertype: EtherType): string {
  const block = parseBlock(prefix);
  if (!block) throw securityErrors.prefixInvalid({ prefix: prefix.slice(0, 64) });
  if ((block.ipVersion === 4) !== (ethertype === 'IPv4')) {
    throw securityErrors.versionsDiffer({ ethertype, prefix });
  }
  return formatBlock(block);
}
