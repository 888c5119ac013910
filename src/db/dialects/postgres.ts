import { PostgresDialect } from 'kysely';
import pg from 'pg';

export { PostgresChannel } from './postgres-channel.ts';

/** Read only when an address is given: without PostgreSQL, its driver would only cost time. */
export function postgresDialect(address: string): PostgresDialect {
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
