import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deleteRecordsBefore, finishRecord, insertRecord, listRecords } from '#audit/store.ts';
import { eachDatabase } from '#test/databases.ts';

const asked = (id: string, askedMs: number) => ({
  id,
  asked_ms: askedMs,
  request_id: 'req-1',
  surface: 'compute-v2.1',
  user_id: 'user',
  project_id: null,
  address: '127.0.0.1',
  method: 'POST',
  call: '/servers',
  resource_id: null,
});

eachDatabase('audit records', (under) => {
  test('records are told oldest first, page by page, none twice', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    for (const [id, ms] of [
      ['d', 2],
      ['b', 1],
      ['c', 1],
      ['a', 3],
    ] as const) {
      await insertRecord(db, asked(id, ms));
    }
    const first = await listRecords(db, undefined, 3);
    assert.deepEqual(
      first.map(({ id }) => id),
      ['b', 'c', 'd'],
    );
    const rest = await listRecords(db, first[1], 3);
    assert.deepEqual(
      rest.map(({ id }) => id),
      ['d', 'a'],
    );
  });

  test('an outcome is added to its record alone; old records are forgotten', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    await insertRecord(db, asked('a', 1));
    await insertRecord(db, asked('b', 2));
    await finishRecord(db, 'b', { status: 202, refusal: null, resource_id: 'server' });
    const [a, b] = await listRecords(db, undefined, 10);
    assert.equal(a?.status, null);
    assert.deepEqual([b?.status, b?.resource_id], [202, 'server']);
    await deleteRecordsBefore(db, 2);
    assert.deepEqual(
      (await listRecords(db, undefined, 10)).map(({ id }) => id),
      ['b'],
    );
  });
});
