import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { insertTags, tagsOf } from '#compute/server-tags/store.ts';
import { insertServer } from '#compute/servers/store.ts';
import { eachDatabase } from '#test/databases.ts';
import { serverRow } from './server-row.ts';

eachDatabase('rows', (under) => {
  test('rows are plain objects, with the columns that a table has by then', async () => {
    await using opened = await under.open();
    const db = opened.database.queries;
    const run = (text: string) => sql.raw<object>(text).execute(db);
    const rows = async () => (await run('select * from plain order by id')).rows;
    await run(`create table plain (id integer, "what's ""this""" varchar(9))`);
    await run(`insert into plain values (1, 'a'), (2, null)`);
    const named = `what's "this"`;
    assert.deepEqual(await rows(), [
      { id: 1, [named]: 'a' },
      { id: 2, [named]: null },
    ]);
    await run('alter table plain add column later integer');
    await run('update plain set later = 7 where id = 1');
    assert.deepEqual(await rows(), [
      { id: 1, [named]: 'a', later: 7 },
      { id: 2, [named]: null, later: null },
    ]);
    await run('drop table plain');
    await run('create table plain (id integer)');
    await run('insert into plain values (3)');
    assert.deepEqual(await rows(), [{ id: 3 }]);
  });

  test('a list of any length finds the rows of each that is in it, once', async () => {
    await using opened = await under.open();
    const { queries: db, transaction } = opened.database;
    const ids = Array.from({ length: 2300 }, (_, index) => `server-"${index}"`);
    await transaction(async (tx) => {
      for (const id of ids) await insertServer(tx, serverRow({ id }));
      for (const id of ids.slice(0, 1200)) await insertTags(tx, id, [`of-${id}`, 'all']);
    });
    for (const length of [0, 1, 2, 10, 11, 101, 999, 1000, 1001, 2300]) {
      const asked = ids.slice(-length || ids.length);
      const wanted = asked.filter((id) => ids.indexOf(id) < 1200);
      const found = await tagsOf(db, asked);
      assert.deepEqual([...found.keys()].sort(), wanted.toSorted(), String(length));
      for (const [id, tags] of found) assert.deepEqual(tags, ['all', `of-${id}`]);
    }
  });
});
