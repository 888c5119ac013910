import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openDatabase } from '#db/database.ts';
import { startPostgres } from '#test/postgres.ts';

test('a hundred transactions that read and write one row all get through', async () => {
  const server = await startPostgres();
  try {
    const database = await openDatabase(await server.createDatabase());
    await sql`create table counters (name text primary key, value integer not null)`.execute(
      database.queries,
    );
    await sql`insert into counters values ('crowd', 0)`.execute(database.queries);
    const addOne = () =>
      database.transaction(async (tx) => {
        const { rows } = await sql<{ value: number }>`select value from counters`.execute(tx);
        const value = (rows[0]?.value ?? 0) + 1;
        await sql`update counters set value = ${value}`.execute(tx);
      });
    await Promise.all(Array.from({ length: 100 }, addOne));
    const { rows } = await sql`select value from counters`.execute(database.queries);
    assert.deepEqual(rows, [{ value: 100 }]);
    await database.close();
  } finally {
    await server.stop();
  }
});
