import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CompiledQuery } from 'kysely';
import { compilePattern } from '#compute/servers/listing/text-pattern.ts';
import type { Database, Queries } from '#db/database.ts';
import { addressKey, formatAddress, parseAddress } from '#network/addresses/address.ts';
import { serversByAddress } from '#network/attachments/by-address.ts';
import { type DatabaseUnderTest, eachDatabase } from '#test/databases.ts';
import { rowsOnPostgres, stepsOnSqlite, watched } from '#test/plans.ts';
import { demo, makeNetwork, openService } from './network-service.ts';

const zeros = { weight: 2, arbitrary: fc.constant(0) };
const group = fc.oneof(zeros, fc.constantFrom(9, 0xfd00, 0xfe80, 0xfd42), fc.nat(0xffff));
const anyAddress = fc
  .array(group, { minLength: 8, maxLength: 8 })
  .map((groups) => parseAddress(groups.map((value) => value.toString(16)).join(':')))
  .map((address) => formatAddress(address ?? assert.fail()));

/** Expressions that some of the addresses match, among them those that the database must scan. */
function expressionOver(addresses: readonly string[]): fc.Arbitrary<string> {
  const piece = fc
    .tuple(fc.constantFrom(...addresses), fc.nat(38), fc.nat(38))
    .map(([text, from, size]) => text.slice(from % text.length).slice(0, size + 1));
  const loosened = fc
    .tuple(piece, fc.nat(38), fc.constantFrom('.', '.*', '[0-9]', '[^:]+', '(9|a)', 'FD', '%', '_'))
    .map(([text, at, sign]) => text.slice(0, at) + sign + text.slice(at + 1));
  const ends = fc.constantFrom<[string, string]>(['', ''], ['^', ''], ['', '$'], ['^', '$']);
  const one = fc
    .tuple(fc.oneof(piece, loosened), ends)
    .map(([text, [before, after]]) => before + text + after);
  const either = fc.tuple(one, one).map(([a, b]) => `${a}|${b}`);
  return fc.oneof(one, one, either, fc.constantFrom('.*', '^$', ':', '::', '^<', '>', '^.{4}:'));
}

/** A port for each of the addresses, and one that is no server's. */
async function fill(database: Database, addresses: readonly string[]): Promise<void> {
  const service = await openService(database);
  const { network, subnet } = await makeNetwork(service, '10.1.0.0/16');
  const [plan] = await service.planAttachments(demo, [{ networkId: network.id }], []);
  assert.ok(plan);
  const first = { index: 0, plan, projectId: demo.projectId ?? '', hostname: 'web' };
  const { id } = await service.attachPort({ ...first, serverId: 'with IPv4' });
  const db = database.queries;
  const port = await db.selectFrom('ports').selectAll().where('id', '=', id).executeTakeFirst();
  assert.ok(port);
  const place = { network_id: network.id, subnet_id: subnet.id, position: 0 };
  const rows = ['fd00::dead', ...addresses].map((address, index) => {
    const mac = `02:00:00:00:${(index >> 8).toString(16)}:${(index & 255).toString(16)}`;
    const own = { id: `port-${index}`, device_id: address, mac_address: mac };
    const key = addressKey(parseAddress(address) ?? assert.fail(address));
    return {
      port: { ...port, ...own, server_id: index === 0 ? null : address },
      address: { ...place, port_id: own.id, address, address_key: key },
    };
  });
  await database.transaction(async (tx) => {
    for (let at = 0; at < rows.length; at += 100) {
      const some = rows.slice(at, at + 100);
      const [ports, addresses] = [some.map((row) => row.port), some.map((row) => row.address)];
      await tx.insertInto('ports').values(ports).execute();
      await tx.insertInto('port_addresses').values(addresses).execute();
    }
  });
}

async function found(db: Queries, expression: string): Promise<string[]> {
  const pattern = compilePattern(expression);
  assert.ok(pattern, expression);
  return [...(await serversByAddress(db, 6, pattern))].sort();
}

function scanned(addresses: readonly string[], expression: string): string[] {
  const pattern = compilePattern(expression);
  return addresses.filter((text) => pattern?.matches(text)).sort();
}

/** As hosts give them to themselves in one block, and as they are given one after another. */
const hosts = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const value = (index * 2_654_435_761) % 0x1_00_00_00;
    const low = value & 0xffff;
    const high = 0xfe00 + (value >> 16);
    return `fd42:1::f816:3eff:${high.toString(16)}:${low.toString(16)}`;
  });
const counted = (count: number) =>
  Array.from({ length: count }, (_, index) => `fd00::${(index + 1).toString(16)}`);

eachDatabase('servers by IPv6 address', (under: DatabaseUnderTest) => {
  test('a pattern finds exactly what a look at every address finds', async () => {
    await using opened = await under.open();
    const random = fc.sample(anyAddress, { numRuns: 200, seed: 7 });
    const all = [...new Set([...random, ...hosts(300), ...counted(300)])];
    await fill(opened.database, all);
    const db = opened.database.queries;
    const property = fc.asyncProperty(expressionOver(all), async (expression) => {
      assert.deepEqual(await found(db, expression), scanned(all, expression), expression);
    });
    await fc.assert(property, { numRuns: 400, seed: 11 });
    for (const expression of [all[3] ?? '', '^fd42:1::f816', '3eff', '::1$', '^fd00::[12]$', '>']) {
      assert.deepEqual(await found(db, expression), scanned(all, expression), expression);
    }
  });

  test('an address that is taken away or changed is not found by what it was', async () => {
    await using opened = await under.open();
    await fill(opened.database, ['fd00::aaaa', 'fd00::bbbb', 'fd00::cccc']);
    const db = opened.database.queries;
    await db.deleteFrom('port_addresses').where('address', '=', 'fd00::aaaa').execute();
    await db.deleteFrom('ports').where('server_id', '=', 'fd00::bbbb').execute();
    const changed = { address: 'fd00::eeee', address_key: `fd${'e'.padStart(30, '0')}` };
    await db
      .updateTable('port_addresses')
      .set(changed)
      .where('address', '=', 'fd00::cccc')
      .execute();
    assert.deepEqual(await found(db, 'fd00::.*'), ['fd00::cccc']);
    assert.deepEqual(await found(db, 'fd00::eeee'), ['fd00::cccc']);
    for (const gone of ['aaaa', 'bbbb', 'cccc']) assert.deepEqual(await found(db, gone), []);
    if (under.name !== 'sqlite') return;
    const kept = CompiledQuery.raw(`select number from ipv6_addresses`);
    assert.equal((await db.executeQuery(kept)).rows.length, 2);
  });

  test('for an address that one of many has, few are looked at', async () => {
    await using opened = await under.open();
    const all = [...hosts(3000), ...counted(3000)];
    await fill(opened.database, all);
    await opened.database.queries.executeQuery(CompiledQuery.raw('analyze'));
    const { db, seen } = watched(opened.database.queries);
    const [host = '', count = ''] = [all[1234], all[5432]];
    for (const expression of [host, `^${host}$`, host.slice(-8), `${count}$`, 'fd99::1', '::bad']) {
      assert.deepEqual(await found(db, expression), scanned(all, expression), expression);
      const query = seen.at(-1) ?? assert.fail('the query was not seen');
      if (under.name === 'postgres') {
        const visited = await rowsOnPostgres(opened.database.queries, query);
        assert.ok(visited < 400, `${expression}: ${visited} rows`);
        continue;
      }
      const steps = await stepsOnSqlite(opened.database.queries, query);
      assert.ok(
        steps.some((step) => /^SEARCH s USING INTEGER PRIMARY KEY/.test(step)),
        `${steps}`,
      );
      const numbers = JSON.parse(String(query.parameters[0]));
      assert.ok(numbers.length <= 200, `${expression}: ${numbers.length}`);
    }
  });
});
