import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listServers } from '#compute/servers/listing/store.ts';
import { compilePattern } from '#compute/servers/listing/text-pattern.ts';
import { matchesOfStatus } from '#compute/servers/status.ts';
import {
  findServer,
  insertServer,
  type NewServerRow,
  updateServer,
} from '#compute/servers/store.ts';
import type { Queries } from '#db/database.ts';
import { eachDatabase } from '#test/databases.ts';
import { serverRow } from './server-row.ts';

function row(id: string, changes: Partial<NewServerRow> = {}): NewServerRow {
  return serverRow({
    id,
    project_id: 'p1',
    user_id: 'u1',
    name: `server ${id}`,
    vcpus: 2,
    image_id: 'i1',
    metadata: '{"a":"b"}',
    host: 'h1',
    created_ms: 1000,
    updated_ms: 1000,
    ...changes,
  });
}

const byCreation = { order: [{ column: 'created_ms', descending: true }], limit: 100 } as const;

async function ids(db: Queries, filter: Parameters<typeof listServers>[1]): Promise<string[]> {
  return (await listServers(db, filter, byCreation)).map((server) => server.id).sort();
}

eachDatabase('servers', (under) => {
  test('a server is found as it was written, and numbered as an instance', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    await insertServer(db, row('a'));
    await insertServer(db, row('b'));
    const found = await findServer(db, 'b');
    assert.equal(found?.instanceName, 'instance-00000002');
    assert.deepEqual(found?.metadata, { a: 'b' });
    assert.equal(found?.createdMs, 1000);
  });

  test('a deleted server is found only by those who look for deleted ones', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    await insertServer(db, row('a', { deleted_ms: 5 }));
    assert.equal(await findServer(db, 'a'), undefined);
    assert.equal(await updateServer(db, 'a', { name: 'x' }, 6), false);
    assert.deepEqual(await ids(db, { projectId: 'p1' }), []);
    assert.deepEqual(await ids(db, { projectId: 'p1', lifetime: 'deleted' }), ['a']);
  });

  test('a status means a state with the tasks that belong to it, and no other', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    await insertServer(db, row('calm'));
    await insertServer(db, row('stopping', { task_state: 'powering-off' }));
    await insertServer(db, row('rebooting', { task_state: 'rebooting' }));
    await insertServer(db, row('off', { vm_state: 'stopped' }));
    const of = (status: string) => ids(db, { projectId: null, states: matchesOfStatus(status) });
    assert.deepEqual(await of('ACTIVE'), ['calm', 'stopping']);
    assert.deepEqual(await of('reboot'), ['rebooting']);
    assert.deepEqual(await of('SHUTOFF'), ['off']);
    assert.deepEqual(await of('no status'), []);
    assert.deepEqual(await ids(db, { projectId: null, among: new Set() }), []);
  });

  test('pages in any order join to the whole, also among servers of one instant', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const [index, id] of names.entries()) {
      await insertServer(db, row(id, { created_ms: index < 3 ? 1 : 2 }));
    }
    const pattern = compilePattern('server [a-e]|nothing');
    assert.ok(pattern);
    const filters = [{}, { patterns: [{ column: 'name', pattern }] }] as const;
    for (const sortKey of ['created_ms', 'name', 'id', 'task_state', 'launched_ms'] as const) {
      for (const descending of [true, false]) {
        const seen: string[] = [];
        for (let marker: string | undefined; ; ) {
          const order = [{ column: sortKey, descending }];
          const page = { order, limit: 2, ...(marker && { marker }) };
          const found = await listServers(
            db,
            { projectId: 'p1', ...filters[seen.length % 2] },
            page,
          );
          seen.push(...found.map((server) => server.id));
          marker = found.at(-1)?.id;
          if (found.length < 2) break;
        }
        assert.deepEqual(seen.toSorted(), names, `${sortKey} ${descending}`);
      }
    }
  });
});
