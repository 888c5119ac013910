import ipaddr from 'ipaddr.js';

type Parsed = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** `10.0.0.7/24` or a bare address (one host). Throws for anything else. */
function parseCidr(text: string): Parsed {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

export function ipVersionOf(text: string): 4 | 6 {
  return parseCidr(text)[0].kind() === 'ipv4' ? 4 : 6;
}

function networkOf([address, length]: Parsed): string {
  const text = `${address.toString()}/${length}`;
  const family = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${family.networkAddressFromCIDR(text).toString()}/${length}`;
}

/** `10.0.0.0/16` → the parts that dnsmasq wants apart. */
export function networkAndMask(cidr: string): { network: string; mask: string } {
  return {
    network: ipaddr.IPv4.networkAddressFromCIDR(cidr).toString(),
    mask: ipaddr.IPv4.subnetMaskFromPrefixLength(parseCidr(cidr)[1]).toString(),
  };
}

export function prefixLengthOf(cidr: string): number {
  return parseCidr(cidr)[1];
}

/**
 * The ranges of one IP version without those that lie inside another: nftables refuses a set
 * whose intervals overlap.
 */
export function disjointCidrs(cidrs: readonly string[], ipVersion: 4 | 6): string[] {
  const parsed = cidrs
    .map(parseCidr)
    .filter(([address]) => address.kind() === `ipv${ipVersion}`)
    .sort((a, b) => a[1] - b[1]);
  const kept = new Set<string>();
  const lengths = new Set<number>();
  for (const [address, length] of parsed) {
    const covered = [...lengths].some((shorter) => kept.has(networkOf([address, shorter])));
    if (covered) continue;
    kept.add(networkOf([address, length]));
    lengths.add(length);
  }
  return [...kept];
}

/** The address a guest gives itself on the link from its MAC (RFC 4291, appendix A). */
export function linkLocalOf(macAddress: string): string {
  const bytes = macAddress.split(':').map((part) => Number.parseInt(part, 16));
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes;
  const interfaceId = [a ^ 2, b, c, 0xff, 0xfe, d, e, f];
  const prefix = [0xfe, 0x80, 0, 0, 0, 0, 0, 0];
  return new ipaddr.IPv6([...prefix, ...interfaceId]).toString();
}

/** An IPv6 address as one hexadecimal number, for raw payload matches. */
export function hexOf(address: string): string {
  const bytes = ipaddr.parse(address).toByteArray();
  return `0x${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
