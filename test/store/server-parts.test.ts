import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listEvents, startEvent } from '#compute/instance-actions/event-store.ts';
import {
  findInstanceAction,
  finishInstanceAction,
  finishOpenActions,
  insertInstanceAction,
  listInstanceActions,
} from '#compute/instance-actions/store.ts';
import { deletePassword, findPassword, insertPassword } from '#compute/server-password/store.ts';
import {
  countTags,
  deleteTag,
  deleteTags,
  hasTag,
  insertTags,
  tagsOf,
} from '#compute/server-tags/store.ts';
import { insertServer } from '#compute/servers/store.ts';
import type { Queries } from '#db/database.ts';
import { eachDatabase } from '#test/databases.ts';
import { serverRow } from './server-row.ts';

function addAction(db: Queries, id: string, requestId: string, nowMs: number): Promise<void> {
  return insertInstanceAction(db, {
    id,
    server_id: 's',
    project_id: 'p',
    user_id: 'u',
    request_id: requestId,
    action: 'stop',
    message: null,
    started_ms: nowMs,
    finished_ms: null,
  });
}

eachDatabase('tags', (under) => {
  test('tags are a set per server, sorted whatever the database thinks of text', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    await insertTags(db, 's', ['b', 'A', 'a', 'b', 'é']);
    await insertTags(db, 's', ['a', 'c']);
    await insertTags(db, 't', ['x']);
    await insertTags(db, 't', []);
    const tags = await tagsOf(db, ['s', 't', 'none']);
    assert.deepEqual([...tags.keys()].sort(), ['s', 't']);
    assert.deepEqual(tags.get('s'), ['A', 'a', 'b', 'c', 'é']);
    assert.equal((await tagsOf(db, [])).size, 0);
    assert.deepEqual([await hasTag(db, 's', 'A'), await hasTag(db, 't', 'A')], [true, false]);
    assert.equal(await countTags(db, 's'), 5);
    assert.equal(await deleteTag(db, 's', 'A'), true);
    assert.equal(await deleteTag(db, 's', 'A'), false);
    await deleteTags(db, 's');
    assert.equal(await countTags(db, 's'), 0);
    assert.equal(await countTags(db, 't'), 1);
  });

  test('text that is no Unicode makes no error', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    await insertTags(db, 's', ['\ud800', '\udfff']);
    assert.ok((await countTags(db, 's')) >= 1);
  });
});

eachDatabase('instance actions', (under) => {
  test('pages follow one another and keep to the times asked for', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    for (const [id, ms] of [
      ['a', 1],
      ['b', 2],
      ['c', 2],
      ['d', 3],
    ] as const) {
      await addAction(db, id, `req-${id}`, ms);
    }
    const ids = async (page: Parameters<typeof listInstanceActions>[2]) =>
      (await listInstanceActions(db, 's', page)).map(({ id }) => id);
    assert.deepEqual(await ids({ limit: 10 }), ['d', 'c', 'b', 'a']);
    const after = await findInstanceAction(db, 's', 'req-c');
    assert.deepEqual(await ids({ limit: 1, after }), ['b']);
    assert.deepEqual(await ids({ limit: 0 }), []);
    assert.deepEqual(await ids({ limit: 9, changedSinceMs: 2, changedBeforeMs: 2 }), ['c', 'b']);
    await finishInstanceAction(db, 's', 'req-a', null, 9);
    assert.deepEqual(await ids({ limit: 9, changedSinceMs: 4 }), ['a']);
    assert.equal(await findInstanceAction(db, 'other', 'req-a'), undefined);
  });

  test('an event begun twice is one, and ends with its action', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    await insertServer(db, serverRow({ id: 's', host: 'h1' }));
    await addAction(db, 'a', 'req-a', 1);
    await startEvent(db, 's', 'req-a', { id: 'e1', name: 'compute_stop_instance', nowMs: 2 });
    await startEvent(db, 's', 'req-a', { id: 'e2', name: 'compute_stop_instance', nowMs: 3 });
    await startEvent(db, 's', 'req-other', { id: 'e3', name: 'compute_stop_instance', nowMs: 3 });
    assert.equal((await findInstanceAction(db, 's', 'req-a'))?.updated_ms, 2);
    await finishInstanceAction(db, 's', 'req-a', 'no\0 luck', 4);
    await finishInstanceAction(db, 's', 'req-a', null, 5);
    const [event, ...more] = await listEvents(db, 'a');
    assert.deepEqual(more, []);
    const { id, host, finished_ms: finishedMs, result, details } = event ?? {};
    assert.deepEqual([id, host, finishedMs, result, details], ['e1', 'h1', 4, 'Error', 'no luck']);
    const action = await findInstanceAction(db, 's', 'req-a');
    assert.deepEqual([action?.message, action?.updated_ms], ['Error', 4]);
  });

  test('what takes over ends every open action of the server', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    await insertServer(db, serverRow({ id: 's' }));
    await addAction(db, 'a', 'req-a', 1);
    await addAction(db, 'b', 'req-b', 1);
    await startEvent(db, 's', 'req-b', { id: 'e', name: 'compute_start_instance', nowMs: 2 });
    await finishOpenActions(db, 's', 'taken over by delete', 3);
    const all = await listInstanceActions(db, 's', { limit: 9 });
    assert.deepEqual(
      all.map(({ message, finished_ms: ms }) => [message, ms]),
      [
        ['Error', 3],
        ['Error', 3],
      ],
    );
    assert.equal((await listEvents(db, 'b'))[0]?.result, 'Error');
  });
});

eachDatabase('server passwords', (under) => {
  test('one is kept per server until it is deleted', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    assert.equal(await findPassword(db, 's'), undefined);
    await insertPassword(db, 's', 'encrypted ä', 1);
    await assert.rejects(insertPassword(db, 's', 'another', 1));
    assert.equal(await findPassword(db, 's'), 'encrypted ä');
    await deletePassword(db, 's');
    assert.equal(await findPassword(db, 's'), undefined);
  });
});
