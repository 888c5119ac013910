import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { LogSync, logFile } from './log-sync.ts';

const cachedStatements = 500;

/** What Kysely's SQLite dialect drives, and what only this database can do. */
export interface NodeSqlite extends SqliteDatabase {
  /** Resolves when every commit made by now is on stable storage. */
  flush(): Promise<void>;
  /** Rows changed by this connection, and SQLite's mark of what others have committed. */
  changeMark(): string;
}

/** Gives node:sqlite the shape that Kysely's dialect drives, and keeps prepared statements. */
export function openNodeSqlite(path: string): NodeSqlite {
  keepPrivate(path);
  const database = new DatabaseSync(path);
  database.exec('pragma journal_mode = wal');
  // A commit is in the log, in order and whole or not at all; `flush` brings the log to the disk.
  database.exec('pragma synchronous = normal');
  database.exec('pragma foreign_keys = on');
  database.exec('pragma busy_timeout = 5000');
  // The pages in use stay in memory; the default of 2 MiB is less than a thousand servers take.
  database.exec('pragma cache_size = -16384');
  database.exec('pragma temp_store = memory');
  // 16 MiB of log: what is changed again and again is copied to the database less often.
  database.exec('pragma wal_autocheckpoint = 4096');
  const own = database.prepare('select total_changes() as changes');
  const others = database.prepare('pragma data_version');
  const sync = new LogSync(logFile(`${path}-wal`));
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => {
      database.close();
      sync.close();
    },
    flush: () => sync.flush(),
    changeMark: () => `${own.get()?.changes} ${others.get()?.data_version}`,
    prepare: (sql) => {
      const known = statements.get(sql);
      if (known) return known;
      if (statements.size >= cachedStatements) statements.clear();
      const made = adapt(database, sql, sync);
      // What is kept knows its columns from before; this may change them.
      if (/^\s*(create|alter|drop)/i.test(sql)) statements.clear();
      else statements.set(sql, made);
      return made;
    },
  };
}

/** The log and the index beside it take the mode of the file itself. */
function keepPrivate(path: string): void {
  if (path !== ':memory:') closeSync(openSync(path, 'a', 0o600));
}

function adapt(database: DatabaseSync, sql: string, sync: LogSync): SqliteStatement {
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  const columns = statement.columns();
  const rowsFrom = rowMaker(columns.map(({ name }) => name));
  const values = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[];
  const isCommit = /^\s*commit/i.test(sql);
  const isChange = !/^\s*(select|pragma|begin|commit|rollback)/i.test(sql);
  const told = <T>(work: () => T): T => {
    const result = work();
    if (isCommit) sync.noteCommit();
    else if (isChange && !database.isTransaction) {
      // Nobody commits a statement that stands alone, so it is durable when it returns.
      sync.noteCommit();
      sync.flushNow();
    }
    return result;
  };
  return {
    reader: columns.length > 0,
    all: (parameters) => told(() => rowsFrom(statement.all(...values(parameters)))),
    run: (parameters) => told(() => statement.run(...values(parameters))),
    iterate: (parameters) =>
      Iterator.from(statement.iterate(...values(parameters))).flatMap((row) => rowsFrom([row])),
  };
}

/**
 * Rows as objects from rows as arrays. Those that node:sqlite makes itself are hash tables, slow to
 * fill and slow to read; an object as if written out in a source is neither, and half of what a
 * page of servers costs in here is saved. Column names are those of our own queries.
 */
function rowMaker(names: readonly string[]): (rows: readonly unknown[]) => object[] {
  const members = names.map((name, index) => `${JSON.stringify(name)}: row[${index}]`);
  const make = new Function('row', `return { ${members.join(', ')} };`) as (row: unknown) => object;
  return (rows) => rows.map(make);
}
