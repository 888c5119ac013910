import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

const cachedStatements = 500;

/** What Kysely's SQLite dialect drives, and what only this database can do. */
export interface NodeSqlite extends SqliteDatabase {
  /** Whether commits from now on wait for the disk; those before stay as they are. */
  waitForDisk(isWanted: boolean): void;
  /** Rows changed by this connection, and SQLite's mark of what others have committed. */
  changeMark(): string;
}

/** Gives node:sqlite the shape that Kysely's dialect drives, and keeps prepared statements. */
export function openNodeSqlite(path: string): NodeSqlite {
  keepPrivate(path);
  const database = new DatabaseSync(path);
  // FULL: a change that was answered is on the disk, whatever happens to the power.
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = full');
  database.exec('pragma foreign_keys = on');
  database.exec('pragma busy_timeout = 5000');
  // The pages in use stay in memory; the default of 2 MiB is less than a thousand servers take.
  database.exec('pragma cache_size = -16384');
  database.exec('pragma temp_store = memory');
  const own = database.prepare('select total_changes() as changes');
  const others = database.prepare('pragma data_version');
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    waitForDisk: (isWanted) => {
      database.exec(isWanted ? 'pragma synchronous = full' : 'pragma synchronous = normal');
    },
    changeMark: () => `${own.get()?.changes} ${others.get()?.data_version}`,
    prepare: (sql) => {
      const known = statements.get(sql);
      if (known) return known;
      if (statements.size >= cachedStatements) statements.clear();
      const made = adapt(database.prepare(sql));
      statements.set(sql, made);
      return made;
    },
  };
}

/** The log and the index beside it take the mode of the file itself. */
function keepPrivate(path: string): void {
  if (path !== ':memory:') closeSync(openSync(path, 'a', 0o600));
}

function adapt(statement: StatementSync): SqliteStatement {
  const values = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[];
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => statement.run(...values(parameters)),
    iterate: (parameters) => statement.iterate(...values(parameters)) as IterableIterator<unknown>,
  };
}
