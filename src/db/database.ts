import { Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import pg from 'pg';
import { openNodeSqlite } from './dialects/node-sqlite.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/all.ts';
import type { Schema } from './schema.ts';

/** What stores take: the database itself or a transaction of it. */
export type Queries = Kysely<Schema>;

export interface Database {
  readonly dialect: 'sqlite' | 'postgres';
  readonly queries: Queries;
  /**
   * Runs `work` in one serializable transaction and returns when it is on stable storage. It may
   * run more than once (PostgreSQL asks for a retry), so it does nothing but query.
   */
  transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * Serialization failure, deadlock, and a unique key that another transaction took in between: run
 * again, the work's own check sees the other's row and refuses in its own words.
 */
const retriedCodes = new Set(['40001', '40P01', '23505']);
const transactionAttempts = 10;

/** @param location a file path for SQLite, or a `postgres://` address. */
export async function openDatabase(location: string): Promise<Database> {
  const isPostgres = /^postgres(ql)?:\/\//.test(location);
  const queries = new Kysely<Schema>({
    dialect: isPostgres ? postgresDialect(location) : sqliteDialect(location),
  });
  await migrate(queries, migrations);
  return {
    dialect: isPostgres ? 'postgres' : 'sqlite',
    queries,
    transaction: isPostgres
      ? (work) => retryingTransaction(queries, work)
      : (work) => queries.transaction().execute(work),
    close: () => queries.destroy(),
  };
}

function sqliteDialect(path: string): SqliteDialect {
  return new SqliteDialect({ database: async () => openNodeSqlite(path) });
}

function postgresDialect(address: string): PostgresDialect {
  // Counts and times come back as numbers, as from SQLite; none exceeds 2^53.
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  types.setTypeParser(pg.types.builtins.NUMERIC, Number);
  return new PostgresDialect({
    pool: async () => {
      const pool = new pg.Pool({ connectionString: address, types, max: 8 });
      // An idle connection that breaks is replaced at the next query; unheard, it ends the process.
      pool.on('error', () => undefined);
      return pool;
    },
  });
}

async function retryingTransaction<T>(
  queries: Queries,
  work: (tx: Queries) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await queries.transaction().setIsolationLevel('serializable').execute(work);
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      if (!retriedCodes.has(code) || attempt >= transactionAttempts) throw error;
    }
  }
}
