import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostsMark, loadsByHost, markServed, upsertHost } from '#compute/hosts/store.ts';
import { insertServer, updateServer } from '#compute/servers/store.ts';
import type { Database } from '#db/database.ts';
import { eachDatabase } from '#test/databases.ts';
import { serverRow } from './server-row.ts';

const onHost = (host: string | null, vcpus: number) =>
  serverRow({ host, vcpus, memory_mib: vcpus * 1024, disk_gib: vcpus * 10 });

async function hold(database: Database, expected: Record<string, [number, number]>) {
  const loads = await loadsByHost(database.queries);
  const shown = [...loads].map(([host, { servers, vcpusUsed, memoryMibUsed, diskGibUsed }]) => {
    assert.equal(memoryMibUsed, vcpusUsed * 1024);
    assert.equal(diskGibUsed, vcpusUsed * 10);
    return [host, [servers, vcpusUsed]];
  });
  assert.deepEqual(Object.fromEntries(shown), expected);
}

const host = {
  name: 'a',
  availability_zone: 'nova',
  hypervisor: 'simulated',
  vcpus: 1,
  memory_mib: 1,
  disk_gib: 1,
  enabled: 1,
  seen_ms: 1,
};

eachDatabase('loads of hosts', (under) => {
  test('are what live servers take, through every change of theirs', async () => {
    await using opened = await under.open();
    const { database } = opened;
    const db = database.queries;
    const rows = [onHost('a', 1), onHost('a', 2), onHost('b', 4), onHost(null, 8)];
    for (const row of rows) await insertServer(db, row);
    const [first = '', second = '', third = '', fourth = ''] = rows.map(({ id }) => id);
    await hold(database, { a: [2, 3], b: [1, 4] });
    await updateServer(db, third, { host: 'a' }, 2);
    await updateServer(db, fourth, { host: 'c' }, 2);
    await hold(database, { a: [3, 7], c: [1, 8] });
    await updateServer(db, first, { vcpus: 3, memory_mib: 3072, disk_gib: 30 }, 3);
    await updateServer(db, second, { name: 'other' }, 3);
    await hold(database, { a: [3, 9], c: [1, 8] });
    await updateServer(db, first, { deleted_ms: 4, host: null }, 4);
    await updateServer(db, second, { deleted_ms: 4 }, 4);
    await hold(database, { a: [1, 4], c: [1, 8] });
    await db.deleteFrom('servers').where('id', '=', fourth).execute();
    await hold(database, { a: [1, 4] });
  });

  test('a change that is taken back changes no load', async () => {
    await using opened = await under.open();
    const { database } = opened;
    await insertServer(database.queries, onHost('a', 1));
    const failing = database.transaction(async (tx) => {
      await insertServer(tx, onHost('a', 2));
      throw new Error('taken back');
    });
    await assert.rejects(failing, /taken back/);
    await hold(database, { a: [1, 1] });
  });

  test('every change of a host or of an aggregate is marked, and no other', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    let last = await hostsMark(db);
    const isMarked = async () => {
      const mark = await hostsMark(db);
      const isOther = mark !== last;
      last = mark;
      return isOther;
    };
    await upsertHost(db, host);
    assert.ok(await isMarked());
    await markServed(db, ['a']);
    assert.ok(await isMarked());
    await db.insertInto('aggregate_hosts').values({ aggregate_id: 1, host: 'a' }).execute();
    assert.ok(await isMarked());
    const row = { aggregate_id: 1, key: 'ssd', value: 'true' };
    await db.insertInto('aggregate_metadata').values(row).execute();
    assert.ok(await isMarked());
    await db.deleteFrom('aggregate_metadata').execute();
    assert.ok(await isMarked());
    await insertServer(db, onHost('a', 1));
    assert.ok(!(await isMarked()));
  });
});
