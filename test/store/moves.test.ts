import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadsByHost } from '#compute/hosts/store.ts';
import type { MoveSide, ServerMove } from '#compute/moves/move.ts';
import { deleteMove, findMove, heldUsage, insertMove, turnMove } from '#compute/moves/store.ts';
import { insertServer, updateServer } from '#compute/servers/store.ts';
import type { Database } from '#db/database.ts';
import { eachDatabase } from '#test/databases.ts';
import { serverRow } from './server-row.ts';

function side(host: string, vcpus: number): MoveSide {
  const sizes = { vcpus, memoryMib: vcpus * 1024, diskGib: vcpus * 10 };
  const flavor = { id: 'f', name: 'f', ...sizes, ephemeralGib: 0, swapMib: 0, extraSpecs: {} };
  return { host, zone: 'nova', flavor, localDisks: [] };
}

async function vcpusByHost(database: Database): Promise<Record<string, number>> {
  const loads = [...(await loadsByHost(database.queries))];
  const taken = loads.filter(([, load]) => load.vcpusUsed > 0);
  return Object.fromEntries(taken.map(([host, load]) => [host, load.vcpusUsed]));
}

async function begin(database: Database, source: MoveSide, target: MoveSide): Promise<ServerMove> {
  const db = database.queries;
  const { vcpus, memoryMib, diskGib } = source.flavor;
  const sizes = { vcpus, memory_mib: memoryMib, disk_gib: diskGib };
  const row = serverRow({ host: source.host, ...sizes });
  await insertServer(db, row);
  const owner = { projectId: row.project_id, userId: row.user_id };
  const move: ServerMove = {
    serverId: row.id,
    migrationId: 1,
    ...owner,
    vmState: 'active',
    source,
    target,
    side: 'source',
    finishedMs: null,
  };
  await insertMove(db, move);
  return move;
}

eachDatabase('moves', (under) => {
  test('hold the side that their server is not on, whichever goes first', async () => {
    await using opened = await under.open();
    const { database } = opened;
    const db = database.queries;
    const move = await begin(database, side('a', 1), side('b', 4));
    assert.deepEqual(await vcpusByHost(database), { a: 1, b: 4 });
    assert.deepEqual(await findMove(db, move.serverId), move);
    await updateServer(
      db,
      move.serverId,
      { host: 'b', vcpus: 4, memory_mib: 4096, disk_gib: 40 },
      2,
    );
    await turnMove(db, { ...move, side: 'target' });
    assert.deepEqual(await vcpusByHost(database), { a: 1, b: 4 });
    await updateServer(db, move.serverId, { deleted_ms: 3 }, 3);
    assert.deepEqual(await vcpusByHost(database), { a: 1 });
    await deleteMove(db, move.serverId);
    assert.deepEqual(await vcpusByHost(database), {});
  });

  test('on one host hold both of its flavors', async () => {
    await using opened = await under.open();
    const { database } = opened;
    const move = await begin(database, side('a', 1), side('a', 4));
    assert.deepEqual(await vcpusByHost(database), { a: 5 });
    const servers = (await loadsByHost(database.queries)).get('a')?.servers;
    assert.equal(servers, 1);
    await deleteMove(database.queries, move.serverId);
    assert.deepEqual(await vcpusByHost(database), { a: 1 });
  });

  test('count for the quota by what the other side has more', async () => {
    await using opened = await under.open();
    const { database } = opened;
    const move = await begin(database, side('a', 1), side('b', 4));
    const { projectId, userId } = move;
    assert.deepEqual(await heldUsage(database.queries, { projectId }), { cores: 3, ram: 3072 });
    assert.deepEqual(await heldUsage(database.queries, { projectId, userId: 'nobody' }), {
      cores: 0,
      ram: 0,
    });
    await turnMove(database.queries, { ...move, side: 'target' });
    const used = await heldUsage(database.queries, { projectId, userId });
    assert.deepEqual(used, { cores: 0, ram: 0 });
  });
});
