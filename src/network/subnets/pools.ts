import {
  type Address,
  addressKey,
  type Block,
  formatAddress,
  formatBlock,
  isUsable,
  lastOf,
  parseAddress,
} from '../addresses/address.ts';
import { networkErrors } from '../errors.ts';
import type { Pool } from './subnet.ts';

/** The first address a host may hold: where the gateway stands unless told otherwise. */
export function firstUsable(block: Block): string {
  const first = { ipVersion: block.ipVersion, value: block.first };
  if (isUsable(block, first)) return formatAddress(first);
  return formatAddress({ ...first, value: block.first + 1n });
}

/** Everything a host may hold, but the gateway: one range, or two around it. */
export function defaultPools(block: Block, gatewayIp: string | null): Pool[] {
  const first = parseAddress(firstUsable(block));
  const { ipVersion } = block;
  if (!first) throw new Error('a block has no first address');
  const highest = lastOf(block);
  const last = isUsable(block, { ipVersion, value: highest }) ? highest : highest - 1n;
  const gateway = gatewayIp === null ? undefined : parseAddress(gatewayIp)?.value;
  const isInside = gateway !== undefined && gateway >= first.value && gateway <= last;
  const ranges: [bigint, bigint][] = isInside
    ? [
        [first.value, gateway - 1n],
        [gateway + 1n, last],
      ]
    : [[first.value, last]];
  return ranges
    .filter(([start, end]) => start <= end)
    .map(([start, end]) => ({
      start: formatAddress({ ipVersion, value: start }),
      end: formatAddress({ ipVersion, value: end }),
    }));
}

/**
 * Pools in canonical form and in the order of their addresses.
 * @throws InvalidAllocationPool, OutOfBoundsAllocationPool, OverlappingAllocationPools,
 *   GatewayConflictWithAllocationPools.
 */
export function checkPools(block: Block, pools: readonly Pool[], gatewayIp: string | null): Pool[] {
  const cidr = formatBlock(block);
  const parsed = pools.map((pool) => parsePool(block, pool));
  parsed.sort((a, b) => (addressKey(a.start) < addressKey(b.start) ? -1 : 1));
  parsed.forEach((pool, index) => {
    const before = parsed[index - 1];
    if (before && before.end.value >= pool.start.value) {
      throw networkErrors.poolsOverlap({ a: nameOf(before), b: nameOf(pool), cidr });
    }
  });
  const gateway = gatewayIp === null ? undefined : parseAddress(gatewayIp);
  for (const pool of parsed) {
    const { start, end } = pool;
    if (gateway && gateway.value >= start.value && gateway.value <= end.value) {
      throw networkErrors.gatewayConflict({ address: formatAddress(gateway), pool: nameOf(pool) });
    }
  }
  return parsed.map(({ start, end }) => ({ start: formatAddress(start), end: formatAddress(end) }));
}

interface Range {
  start: Address;
  end: Address;
}

function parsePool(block: Block, pool: Pool): Range {
  const start = parseAddress(pool.start);
  const end = parseAddress(pool.end);
  const text = `${pool.start}-${pool.end}`;
  if (!start || !end || start.ipVersion !== block.ipVersion || end.ipVersion !== start.ipVersion) {
    throw networkErrors.poolInvalid({ pool: text });
  }
  if (end.value < start.value) throw networkErrors.poolInvalid({ pool: text });
  if (!isUsable(block, start) || !isUsable(block, end)) {
    throw networkErrors.poolOutOfBounds({ pool: text, cidr: formatBlock(block) });
  }
  return { start, end };
}

function nameOf({ start, end }: Range): string {
  return `${formatAddress(start)}-${formatAddress(end)}`;
}
