import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addressKey,
  blockContains,
  blocksOverlap,
  formatAddress,
  formatBlock,
  isUsable,
  lastOf,
  parseAddress,
  parseBlock,
} from '#network/addresses/address.ts';
import { makeMac, parseMac } from '#network/addresses/mac.ts';
import { checkPools, defaultPools, firstUsable } from '#network/subnets/pools.ts';

const anyAddress = fc.oneof(
  fc.bigInt(0n, 2n ** 32n - 1n).map((value) => ({ ipVersion: 4 as const, value })),
  fc.bigInt(0n, 2n ** 128n - 1n).map((value) => ({ ipVersion: 6 as const, value })),
);
const anyBlock = fc.tuple(anyAddress, fc.integer({ min: 1, max: 128 })).map(([address, length]) => {
  const prefixLength = address.ipVersion === 4 ? Math.min(length, 32) : length;
  const block = parseBlock(`${formatAddress(address)}/${prefixLength}`);
  assert.ok(block);
  return block;
});

test('an address written and read again is the same, and its key sorts like its number', () => {
  fc.assert(
    fc.property(anyAddress, anyAddress, (a, b) => {
      assert.deepEqual(parseAddress(formatAddress(a)), a);
      assert.equal(addressKey(a) < addressKey(b), a.value < b.value);
    }),
    { seed: 1 },
  );
});

test('a block holds its first and last address and overlaps what shares one with it', () => {
  fc.assert(
    fc.property(anyBlock, anyBlock, (a, b) => {
      assert.deepEqual(parseBlock(formatBlock(a)), a);
      assert.ok(blockContains(a, { ipVersion: a.ipVersion, value: lastOf(a) }));
      const sharesOne =
        blockContains(a, { ipVersion: b.ipVersion, value: b.first }) ||
        blockContains(b, { ipVersion: a.ipVersion, value: a.first });
      assert.equal(blocksOverlap(a, b), sharesOne);
    }),
    { seed: 1 },
  );
});

test('default pools are valid, usable and never hold the gateway', () => {
  fc.assert(
    fc.property(anyBlock, (block) => {
      const gateway = firstUsable(block);
      const pools = defaultPools(block, gateway);
      assert.deepEqual(checkPools(block, pools, gateway), pools);
      for (const { start, end } of pools) {
        for (const text of [start, end]) {
          const address = parseAddress(text);
          assert.ok(address && isUsable(block, address), `${text} in ${formatBlock(block)}`);
        }
      }
    }),
    { seed: 1 },
  );
});

test('what only resembles an address or a block is none', () => {
  for (const text of [
    '',
    '1',
    '1.2.3',
    '01.2.3.4',
    '1.2.3.256',
    'fe80::1%eth0',
    '::g',
    '1.2.3.4 ',
  ]) {
    assert.equal(parseAddress(text), undefined, text);
  }
  for (const text of ['1.2.3.4/', '1.2.3.4/33', '::/129', '1.2.3.4/1/2', '1.2.3.4/01', '/8']) {
    assert.equal(parseBlock(text), undefined, text);
  }
});

test('MACs begin as OpenStack’s do, and those of groups of hosts are none', () => {
  assert.equal(makeMac('aabbccdd'), 'fa:16:3e:aa:bb:cc');
  assert.equal(parseMac('FA-16-3E-00-00-01'), 'fa:16:3e:00:00:01');
  for (const text of ['', '01:00:00:00:00:01', '00:00:00:00:00:00', 'fa:16:3e:00:00', 'x']) {
    assert.equal(parseMac(text), undefined, text);
  }
});
