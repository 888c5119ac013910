import { sql } from 'kysely';
import type { Queries } from '#db/database.ts';

/**
 * Waits until no other process writes networks. Locking a table takes no snapshot, so what the
 * transaction then reads is what the one before it left; without this, serializable transactions
 * that draw from one pool cancel each other until their retries are used up.
 */
export async function takeTurn(tx: Queries): Promise<void> {
  await sql`lock table network_seeds in exclusive mode`.execute(tx);
}
