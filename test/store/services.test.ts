import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { randomIds } from '#base/ids.ts';
import {
  deleteHost,
  listHosts,
  markSeen,
  takesByProject,
  upsertHost,
} from '#compute/hosts/store.ts';
import { listHypervisorRows, serversByHost } from '#compute/hypervisors/store.ts';
import {
  findMigration,
  insertMigration,
  listMigrations,
  type NewMigration,
  updateMigration,
} from '#compute/migrations/store.ts';
import { insertServer } from '#compute/servers/store.ts';
import { registerServices } from '#compute/services/register.ts';
import { listServiceRows } from '#compute/services/store.ts';
import { listUsedServers } from '#compute/usage/store.ts';
import { type DatabaseUnderTest, eachDatabase } from '#test/databases.ts';
import { serverRow } from './server-row.ts';

const sizes = { vcpus: 4, memory_mib: 1024, disk_gib: 10 };
const state = { hypervisor: 'simulated', enabled: 1, availability_zone: 'nova' };

function declareServices(under: DatabaseUnderTest): void {
  test('hosts and what decides share one sequence of numbers, given once', async () => {
    await using opened = await under.open();
    const { database } = opened;
    const register = (names: string[]) =>
      database.transaction(async (tx) => {
        for (const name of names) await upsertHost(tx, { name, ...state, ...sizes, seen_ms: 1 });
        await registerServices(tx, randomIds, 'a', 1);
      });
    await register(['b', 'a']);
    const first = await listServiceRows(database.queries, 1);
    await register(['a', 'b', 'c']);
    const second = await listServiceRows(database.queries, 1);
    assert.deepEqual(
      second.map(({ number, host }) => [number, host]),
      [1, 2, 3, 4, 5].map((number, at) => [number, ['a', 'a', 'a', 'b', 'c'][at]]),
    );
    assert.deepEqual(second.slice(0, 4), first);
    assert.equal(new Set(second.map(({ uuid }) => uuid)).size, 5);
    await database.note((tx) => markSeen(tx, ['a', 'b', 'c'], 70_000));
    const later = await listServiceRows(database.queries, 70_000);
    assert.deepEqual(
      later.map(({ isUp }) => isUp),
      [false, false, true, true, true],
    );
    await database.transaction((tx) => deleteHost(tx, 'b'));
    assert.equal((await listHosts(database.queries)).length, 2);
  });

  test('hypervisors and hosts are told what live servers take of them', async () => {
    await using opened = await under.open();
    const { database } = opened;
    const taken = { host: 'a', vcpus: 2, memory_mib: 256, disk_gib: 1 };
    await database.transaction(async (tx) => {
      await upsertHost(tx, { name: 'a', ...state, ...sizes, seen_ms: 1 });
      await insertServer(tx, serverRow({ ...taken, project_id: 'p' }));
      await insertServer(tx, serverRow({ ...taken, project_id: 'q', task_state: 'rebooting' }));
      await insertServer(tx, serverRow({ ...taken, deleted_ms: 5 }));
    });
    const [row] = await listHypervisorRows(database.queries, 1);
    assert.deepEqual(
      [row?.servers, row?.vcpusUsed, row?.memoryMibUsed, row?.busyServers],
      [2, 4, 512, 1],
    );
    const servers = await serversByHost(database.queries, ['a']);
    assert.equal(servers.get('a')?.length, 2);
    const each = { vcpus: 2, memoryMib: 256, diskGib: 1 };
    assert.deepEqual(await takesByProject(database.queries, 'a'), [
      { project: 'p', ...each },
      { project: 'q', ...each },
    ]);
  });
}

function declareUsage(under: DatabaseUnderTest): void {
  test('used servers come project by project, whatever became of them', async () => {
    await using opened = await under.open();
    const { database } = opened;
    const times = [
      { id: '1', project_id: 'b', launched_ms: 10, terminated_ms: null },
      { id: '2', project_id: 'a', launched_ms: 10, terminated_ms: 20, deleted_ms: 20 },
      { id: '3', project_id: 'a', launched_ms: 10, terminated_ms: 15, deleted_ms: 15 },
      { id: '4', project_id: 'a', launched_ms: 30, terminated_ms: null },
      { id: '5', project_id: 'a', launched_ms: null, terminated_ms: null },
    ];
    await database.transaction(async (tx) => {
      for (const row of times) await insertServer(tx, serverRow(row));
    });
    const list = async (projectId: string | null, after?: { id: string; projectId: string }) => {
      const page = { projectId, limit: 10, after };
      const found = await listUsedServers(database.queries, { startMs: 15, stopMs: 30 }, page);
      return found.map(({ id }) => id);
    };
    assert.deepEqual(await list(null), ['2', '1']);
    assert.deepEqual(await list('b'), ['1']);
    assert.deepEqual(await list(null, { id: '2', projectId: 'a' }), ['1']);
  });
}

function declareMigrations(under: DatabaseUnderTest): void {
  test('migrations are numbered, found, paged, and changed while they go on', async () => {
    await using opened = await under.open();
    const { database } = opened;
    const row = (extra: Partial<NewMigration>): NewMigration => ({
      uuid: randomUUID(),
      serverId: 's',
      projectId: 'p',
      userId: 'u',
      type: 'migration',
      status: 'running',
      sourceHost: 'a',
      targetHost: null,
      targetAddress: null,
      oldFlavorNumber: null,
      newFlavorNumber: null,
      isHidden: false,
      createdMs: 1,
      ...extra,
    });
    const rows = [row({}), row({ targetHost: 'b' }), row({ createdMs: 2, serverId: 't' })];
    const ids = await database.transaction(async (tx) => {
      const made: number[] = [];
      for (const one of rows) made.push(await insertMigration(tx, one));
      await updateMigration(tx, 2, { status: 'completed', memory_total_bytes: 2 ** 40 }, 9);
      return made;
    });
    assert.deepEqual(ids, [1, 2, 3]);
    const list = async (filter: object, marker?: string) => {
      const page = { limit: 2, newestFirst: true, marker };
      return (await listMigrations(database.queries, filter, page))?.map(({ id }) => id);
    };
    assert.deepEqual(await list({}), [3, 2]);
    assert.deepEqual(await list({}, rows[1]?.uuid), [1]);
    assert.equal(await list({}, 'nobody'), undefined);
    assert.deepEqual(await list({ host: 'b' }), [2]);
    assert.deepEqual(await list({ changedSinceMs: 2 }), [3, 2]);
    assert.deepEqual(await list({ changedBeforeMs: 2, serverId: 's' }), [1]);
    const found = await findMigration(database.queries, 's', 2);
    assert.deepEqual([found?.status, found?.memory.totalBytes], ['completed', 2 ** 40]);
    assert.equal(await findMigration(database.queries, 't', 2), undefined);
  });
}

eachDatabase('services, usage and migrations', (under) => {
  declareServices(under);
  declareUsage(under);
  declareMigrations(under);
});
