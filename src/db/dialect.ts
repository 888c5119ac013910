import { PostgresAdapter } from 'kysely';
import type { Queries } from './database.ts';

/** For the few things that the two databases can do only each in its own way. */
export function isPostgres(db: Queries): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}
