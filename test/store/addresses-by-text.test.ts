import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompiledQuery } from 'kysely';
import { compilePattern } from '#compute/servers/listing/text-pattern.ts';
import type { Database, Queries } from '#db/database.ts';
import { formatAddress } from '#network/addresses/address.ts';
import { mostRanges, rangesLike } from '#network/addresses/ranges.ts';
import { serversByAddress } from '#network/attachments/by-address.ts';
import { type DatabaseUnderTest, eachDatabase } from '#test/databases.ts';
import { rowsOnPostgres, stepsOnSqlite, watched } from '#test/plans.ts';
import { demo, makeNetwork, openService } from './network-service.ts';

const textOf = (number: number) => formatAddress({ ipVersion: 4, value: BigInt(number) });

test('the ranges of a pattern hold the addresses that it matches, and few others', () => {
  const wanted: [string, string[]][] = [
    ['10.0.0.5', ['10.0.0.5']],
    ['%240_0_3_9', ['240.0.3.9']],
    ['%240_0_3_9%', ['240.0.3.9', '240.0.3.90-240.0.3.99']],
    ['%10_0_0_%', [10, 110, 210].map((first) => `${first}.0.0.0-${first}.0.0.255`)],
    ['192\\.168.%', ['192.168.0.0-192.168.255.255']],
    // 1.10.203.9 is meant as well, and 2.10.203.9, and so on.
    ['%10_2_3_9', [3, 203, 213, 223, 233, 243, 253].map((third) => `tail ${third}.9`)],
    ['%9_7', Array.from({ length: 25 }, (_, tens) => `tail ${10 * tens + 9}.7`)],
    ['%3%', ['0.0.0.0-255.255.255.255']],
    ['1_', []],
    ['256.%', []],
    ['%a%', []],
    [`%${'_'.repeat(16)}%`, []],
    ['%', ['0.0.0.0-255.255.255.255']],
  ];
  for (const [like, texts] of wanted) {
    const { of, ranges } = rangesLike(like);
    const write = (number: number) =>
      of === 'tail' ? `tail ${textOf(number).slice('0.0.'.length)}` : textOf(number);
    const found = ranges.map(({ first, last }) => [...new Set([first, last])].map(write).join('-'));
    assert.deepEqual(found, texts, like);
  }
});

test('no address that a pattern matches is outside of its ranges', () => {
  const numbers = [0, 1, 0x0a000005, 0x0a0a0a0a, 0x01010101, 0xf0000309, 0xc0a80164, 0xffffffff];
  const pieces = numbers
    .map(textOf)
    .flatMap((text) =>
      [0, 1, 2, 3, 5].flatMap((from) => [
        text.slice(from),
        text.slice(from, -1),
        text.slice(0, -from),
      ]),
    );
  for (const piece of pieces) {
    for (const like of [piece, `%${piece}`, `${piece}%`, `%${piece.replaceAll('.', '_')}%`]) {
      const { of, ranges } = rangesLike(like);
      assert.ok(ranges.length <= mostRanges, like);
      const expression = like.replaceAll('.', '\\.').replaceAll('_', '.').replaceAll('%', '.*');
      const matches = new RegExp(`^${expression}$`);
      const within = (address: number) => {
        const number = of === 'tail' ? address % 65_536 : address;
        return ranges.some(({ first, last }) => first <= number && number <= last);
      };
      for (const number of numbers) {
        if (matches.test(textOf(number))) assert.ok(within(number), `${like} ${textOf(number)}`);
      }
    }
  }
});

/** Servers whose ports have addresses of that network, one each, from the third on. */
async function fill(database: Database, count: number): Promise<void> {
  const service = await openService(database);
  const { network, subnet } = await makeNetwork(service, '10.1.0.0/16');
  const ports = Array.from({ length: count }, (_, index) => ({ index, id: `port-${index}` }));
  const [plan] = await service.planAttachments(demo, [{ networkId: network.id }], []);
  assert.ok(plan);
  const first = { index: 0, plan, projectId: demo.projectId ?? '', hostname: 'web' };
  const { id } = await service.attachPort({ ...first, serverId: 'server-0' });
  const db = database.queries;
  const port = await db.selectFrom('ports').selectAll().where('id', '=', id).executeTakeFirst();
  assert.ok(port);
  const place = { network_id: network.id, subnet_id: subnet.id, position: 0 };
  await database.transaction(async (tx) => {
    for (const { index, id } of ports.slice(1)) {
      const mac = `02:00:00:00:${index >> 8}:${(index & 255).toString(16)}`;
      const own = { id, server_id: `server-${index}`, device_id: id, mac_address: mac };
      await tx
        .insertInto('ports')
        .values({ ...port, ...own })
        .execute();
      const number = 0x0a020000 + index;
      const [address, key] = [textOf(number), number.toString(16).padStart(32, '0')];
      const row = { ...place, port_id: id, address, address_key: key };
      await tx.insertInto('port_addresses').values(row).execute();
      if (index % 100 !== 0) continue;
      const six = { address: `fd00::${index}`, address_key: `fd${index}`.padEnd(32, '0') };
      await tx
        .insertInto('port_addresses')
        .values({ ...row, ...six })
        .execute();
    }
  });
}

async function found(db: Queries, ipVersion: 4 | 6, expression: string): Promise<string[]> {
  const pattern = compilePattern(expression);
  assert.ok(pattern);
  return [...(await serversByAddress(db, ipVersion, pattern))].sort();
}

eachDatabase('servers by address', (under: DatabaseUnderTest) => {
  test('a pattern finds the servers whose addresses match, of the version asked for', async () => {
    await using opened = await under.open();
    await fill(opened.database, 300);
    const db = opened.database.queries;
    assert.deepEqual(await found(db, 4, '10.2.0.7$'), ['server-7']);
    assert.deepEqual(await found(db, 4, '^10\\.2\\.1\\.[12]$'), ['server-257', 'server-258']);
    assert.deepEqual(await found(db, 4, '10.2.0.20[12]'), ['server-201', 'server-202']);
    assert.deepEqual(await found(db, 4, '(10.2.0.8|10.2.0.9)$'), ['server-8', 'server-9']);
    assert.equal((await found(db, 4, '10.')).length, 300);
    assert.equal((await found(db, 4, '.*')).length, 300);
    assert.deepEqual(await found(db, 4, '10.1.0'), ['server-0']);
    assert.deepEqual(await found(db, 4, 'fd00'), []);
    assert.deepEqual(await found(db, 6, '.*'), ['server-100', 'server-200']);
    assert.deepEqual(await found(db, 6, '^FD00|::100'), ['server-100']);
    assert.deepEqual(await found(db, 6, '10.2'), []);
  });

  test('for a pattern that few addresses match, few of many are looked at', async () => {
    await using opened = await under.open();
    await fill(opened.database, 3000);
    await opened.database.queries.executeQuery(CompiledQuery.raw('analyze'));
    const { db, seen } = watched(opened.database.queries);
    const wanted: [string, number][] = [
      ['10.2.3.9$', 50],
      ['^10\\.2\\.3\\.9$', 50],
      ['10.2.3.9.$', 50],
      // 10.203.9.1 would match as well, so that all that end in .9.1 are looked at.
      ['10.2.3.9', 700],
    ];
    for (const [expression, most] of wanted) {
      assert.ok((await found(db, 4, expression)).length > 0);
      const query = seen.pop();
      assert.ok(query, 'the query was not seen');
      if (under.name === 'postgres') {
        const visited = await rowsOnPostgres(db, query);
        assert.ok(visited < most, `${expression}: ${visited} rows`);
      } else {
        const steps = await stepsOnSqlite(db, query);
        assert.ok(/port_addresses_by_(key|tail)/.test(steps.join()), steps.join('; '));
        assert.ok(!steps.some((step) => step.startsWith('SCAN')), steps.join('; '));
      }
    }
  });
});
