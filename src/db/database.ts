import { Kysely, SqliteDialect, sql } from 'kysely';
import type { Clock } from '#base/clock.ts';
import { type Channel, type Ears, silentChannel } from './channel.ts';
import { openNodeSqlite } from './dialects/node-sqlite.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/all.ts';
import { retriedTransactions } from './retries.ts';
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
  /**
   * The same, but it does not wait for the disk: a power cut may take it back, a crash of the
   * process may not, and the next `transaction` makes it durable as well. For what nobody was
   * promised and whoever resumes does again: how far an operation is, the states on its way.
   */
  note<T>(work: (tx: Queries) => Promise<T>): Promise<T>;
  /**
   * Differs after every change to what the database holds, whoever made it: as long as it is the
   * same, what was read is still so. Undefined where that cannot be told cheaply.
   */
  changeMark(): string | undefined;
  /** What the processes on this database tell each other under a name; open until `close`. */
  channel(name: string, clock: Clock, ears: Ears): Channel;
  close(): Promise<void>;
}

/** @param location a file path for SQLite, or a `postgres://` address. */
export async function openDatabase(location: string): Promise<Database> {
  const isPostgres = /^postgres(ql)?:\/\//.test(location);
  return isPostgres ? openPostgres(location) : openSqlite(location);
}

async function openSqlite(path: string): Promise<Database> {
  const database = openNodeSqlite(path);
  const queries = new Kysely<Schema>({ dialect: new SqliteDialect({ database }) });
  await migrate(queries, migrations);
  return {
    dialect: 'sqlite',
    queries,
    transaction: async (work) => {
      const result = await queries.transaction().execute(work);
      // Outside of it: others commit meanwhile, and one call to the disk serves all who wait.
      await database.flush();
      return result;
    },
    note: (work) => queries.transaction().execute(work),
    changeMark: database.changeMark,
    channel: () => silentChannel,
    close: () => queries.destroy(),
  };
}

async function openPostgres(address: string): Promise<Database> {
  const { PostgresChannel, postgresDialect } = await import('./dialects/postgres.ts');
  const queries = new Kysely<Schema>({ dialect: postgresDialect(address) });
  await migrate(queries, migrations);
  const transaction = retriedTransactions(queries);
  const channels: { close(): Promise<void> }[] = [];
  return {
    dialect: 'postgres',
    queries,
    transaction,
    note: (work) =>
      transaction(async (tx) => {
        await sql`set local synchronous_commit = off`.execute(tx);
        return work(tx);
      }),
    changeMark: () => undefined,
    channel: (name, clock, ears) => {
      const opened = new PostgresChannel(address, name, clock, ears);
      channels.push(opened);
      return opened;
    },
    close: async () => {
      await Promise.all(channels.map((channel) => channel.close()));
      await queries.destroy();
    },
  };
}
