import ipaddr from 'ipaddr.js';

/** One address as a number, so that ranges and gaps are arithmetic for both versions. */
export interface Address {
  ipVersion: 4 | 6;
  value: bigint;
}

/** A block of addresses; `first` has no host bits set. */
export interface Block {
  ipVersion: 4 | 6;
  first: bigint;
  prefixLength: number;
}

export function bitsOf(ipVersion: 4 | 6): number {
  return ipVersion === 4 ? 32 : 128;
}

/** @returns undefined for anything but four decimals or a plain IPv6 address without a zone. */
export function parseAddress(text: string): Address | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) {
    return { ipVersion: 4, value: numberOf(ipaddr.IPv4.parse(text).toByteArray()) };
  }
  if (!text.includes('%') && text.includes(':') && ipaddr.IPv6.isValid(text)) {
    return { ipVersion: 6, value: numberOf(ipaddr.IPv6.parse(text).toByteArray()) };
  }
  return undefined;
}

/** Canonical text: no leading zeros, IPv6 as RFC 5952 writes it. */
export function formatAddress(address: Address): string {
  const bytes = bytesOf(address);
  if (address.ipVersion === 4) return bytes.join('.');
  return new ipaddr.IPv6(bytes).toRFC5952String();
}

/** Fixed-width hexadecimal of the number: sorts as text in the order of the addresses. */
export function addressKey(address: Address): string {
  return address.value.toString(16).padStart(32, '0');
}

export function valueOfKey(key: string): bigint {
  return BigInt(`0x${key}`);
}

function numberOf(bytes: readonly number[]): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function bytesOf(address: Address): number[] {
  const count = bitsOf(address.ipVersion) / 8;
  return Array.from({ length: count }, (_, index) =>
    Number((address.value >> BigInt(8 * (count - 1 - index))) & 0xffn),
  );
}

/**
 * `10.42.0.7/16` → the block 10.42.0.0/16. A bare address is a block of one.
 * @returns undefined when it is not written as an address or a block.
 */
export function parseBlock(text: string): Block | undefined {
  const [addressText = '', lengthText, ...rest] = text.split('/');
  const address = parseAddress(addressText);
  if (!address || rest.length > 0) return undefined;
  const bits = bitsOf(address.ipVersion);
  if (lengthText !== undefined && !/^(0|[1-9]\d{0,2})$/.test(lengthText)) return undefined;
  const prefixLength = lengthText === undefined ? bits : Number(lengthText);
  if (prefixLength > bits) return undefined;
  const hostBits = BigInt(bits - prefixLength);
  const first = (address.value >> hostBits) << hostBits;
  return { ipVersion: address.ipVersion, first, prefixLength };
}

export function formatBlock(block: Block): string {
  const address = formatAddress({ ipVersion: block.ipVersion, value: block.first });
  return `${address}/${block.prefixLength}`;
}

export function lastOf(block: Block): bigint {
  return block.first + (1n << BigInt(bitsOf(block.ipVersion) - block.prefixLength)) - 1n;
}

export function blockContains(block: Block, address: Address): boolean {
  return (
    address.ipVersion === block.ipVersion &&
    address.value >= block.first &&
    address.value <= lastOf(block)
  );
}

export function blocksOverlap(a: Block, b: Block): boolean {
  return a.ipVersion === b.ipVersion && a.first <= lastOf(b) && b.first <= lastOf(a);
}

/**
 * Whether a host may hold the address: not the name of the block itself nor, in IPv4, its
 * broadcast. Blocks of one or two addresses (/31, /32, /127, /128) have neither.
 */
export function isUsable(block: Block, address: Address): boolean {
  if (!blockContains(block, address)) return false;
  if (bitsOf(block.ipVersion) - block.prefixLength < 2) return true;
  if (address.value === block.first) return false;
  return block.ipVersion === 6 || address.value !== lastOf(block);
}

/** The address a host gives itself from its MAC in an IPv6 block (RFC 4291, modified EUI-64). */
export function slaacAddress(block: Block, macAddress: string): Address {
  const bytes = macAddress.split(':').map((part) => Number.parseInt(part, 16));
  const [first = 0, ...others] = bytes;
  const identifier = [first ^ 2, ...others.slice(0, 2), 0xff, 0xfe, ...others.slice(2)];
  return { ipVersion: 6, value: block.first | numberOf(identifier) };
}
