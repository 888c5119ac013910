import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { type Database, openDatabase } from '#db/database.ts';
import { writeMigratedSqlite } from './migrated.ts';
import { type PostgresServer, startPostgres } from './postgres.ts';
import { temporaryState } from './state.ts';

export interface DatabaseUnderTest {
  name: 'sqlite' | 'postgres';
  /** A fresh, migrated database, closed and forgotten when the returned thing is disposed. */
  open(): Promise<AsyncDisposable & { database: Database }>;
}

/** Declares the same tests for both databases: `eachDatabase('stores', (under) => { test(…) })`. */
export function eachDatabase(title: string, declare: (under: DatabaseUnderTest) => void): void {
  describe(`${title} on SQLite`, () => {
    declare({ name: 'sqlite', open: openSqlite });
  });
  describe(`${title} on PostgreSQL`, () => {
    let server: PostgresServer | undefined;
    before(async () => {
      server = await startPostgres();
    });
    after(() => server?.stop());
    declare({
      name: 'postgres',
      open: async () => {
        if (!server) throw new Error('PostgreSQL is not running');
        const database = await openDatabase(await server.createDatabase());
        return { database, [Symbol.asyncDispose]: () => database.close() };
      },
    });
  });
}

async function openSqlite() {
  const state = temporaryState();
  const path = join(state.path, 'test.sqlite');
  await writeMigratedSqlite(path);
  const database = await openDatabase(path);
  return {
    database,
    [Symbol.asyncDispose]: async () => {
      await database.close();
      state[Symbol.dispose]();
    },
  };
}
