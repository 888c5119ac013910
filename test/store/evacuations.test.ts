import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  deleteEvacuated,
  finishEvacuated,
  hostsWithEvacuated,
  insertEvacuated,
  listEvacuated,
} from '#compute/evacuations/store.ts';
import { loadsByHost } from '#compute/hosts/store.ts';
import { heldByProject } from '#compute/moves/store.ts';
import { findServer, insertServer, updateServer } from '#compute/servers/store.ts';
import { eachDatabase } from '#test/databases.ts';
import { serverRow } from './server-row.ts';

eachDatabase('evacuated servers', (under) => {
  test('take of both hosts until the one that they left has given them up', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    const flavor = { vcpus: 2, memoryMib: 512, diskGib: 3, ephemeralGib: 1, swapMib: 0 };
    const sizes = { vcpus: 2, memory_mib: 512, disk_gib: 4 };
    const row = serverRow({ host: 'a', flavor: JSON.stringify(flavor), ...sizes });
    await insertServer(db, row);
    const server = await findServer(db, row.id);
    assert.ok(server);
    const used = async () =>
      Object.fromEntries(
        [...(await loadsByHost(db))].map(([host, load]) => [
          host,
          [load.servers, load.vcpusUsed, load.memoryMibUsed, load.diskGibUsed],
        ]),
      );
    await opened.database.transaction(async (tx) => {
      await insertEvacuated(tx, server, { host: 'a', migrationId: 7, portIds: ['p'] });
      await updateServer(tx, row.id, { host: 'b' }, 1);
    });
    assert.deepEqual(await used(), { a: [0, 2, 512, 4], b: [1, 2, 512, 4] });
    assert.deepEqual(await hostsWithEvacuated(db), new Set(['a']));
    const project = row.project_id;
    assert.deepEqual(await heldByProject(db, 'evacuated_guests', 'a'), [
      { project, vcpus: 2, memoryMib: 512, diskGib: 4 },
    ]);
    await finishEvacuated(db, row.id, 'a', 5);
    const [guest] = await listEvacuated(db);
    const left = { serverId: row.id, host: 'a', migrationId: 7, portIds: ['p'] };
    assert.deepEqual(guest, { ...left, finishedMs: 5 });
    await deleteEvacuated(db, row.id, 'a');
    assert.deepEqual(await used(), { b: [1, 2, 512, 4] });
    assert.deepEqual(await listEvacuated(db), []);
  });
});
