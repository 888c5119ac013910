import type { Queries } from '#db/database.ts';
import type { NeededText } from '#db/needed-text.ts';
import { addressKey } from '../addresses/address.ts';
import { everyAddress, rangesLike } from '../addresses/ranges.ts';
import { serverIpv6Addresses } from './ipv6-store.ts';
import { type KeyRanges, serverAddresses } from './store.ts';

export interface AddressMatch {
  /** For LIKE with `\` as escape: finds at least what `matches` does. */
  like: string | null;
  /** What is in each address that matches; null where that is nothing in particular. */
  needed: NeededText | null;
  matches(address: string): boolean;
}

/** Servers with a fixed address of that version that matches. */
export async function serversByAddress(
  db: Queries,
  ipVersion: 4 | 6,
  { like, needed, matches }: AddressMatch,
): Promise<Set<string>> {
  const isMeant = (address: string) =>
    address.includes(':') === (ipVersion === 6) && matches(address);
  const rows =
    ipVersion === 4
      ? await serverAddresses(db, keysLike(like), like ?? '%')
      : await serverIpv6Addresses(db, like, needed);
  return new Set(rows.flatMap((row) => (isMeant(row.address) ? row.serverId : [])));
}

function keysLike(like: string | null): KeyRanges {
  const { of, ranges } =
    like === null ? { of: 'address' as const, ranges: [everyAddress] } : rangesLike(like);
  const keyOf = (value: number) => {
    const key = addressKey({ ipVersion: 4, value: BigInt(value) });
    return of === 'tail' ? key.slice(-4) : key;
  };
  return {
    of,
    ranges: ranges.map(({ first, last }) => ({ first: keyOf(first), last: keyOf(last) })),
  };
}
