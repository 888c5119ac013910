import type { Database } from '#db/database.ts';
import type { NetworkDriver } from '#drivers/network/network.ts';

export interface ReconcileTools {
  database: Database;
  driver: NetworkDriver;
}

/**
 * Handles each pending id; one that fails or is put off stays pending, and does not keep the
 * others from their turn. An id that is marked again while it is handled stays pending too.
 * @throws the first failure, after all had their turn.
 */
export async function eachPending(
  pending: Set<string>,
  handle: (id: string) => Promise<'done' | 'later'>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const id of [...pending]) {
    pending.delete(id);
    try {
      if ((await handle(id)) === 'later') pending.add(id);
    } catch (error) {
      pending.add(id);
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
