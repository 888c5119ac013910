import type { Database } from '#db/database.ts';
import type { NetworkDriver } from '#drivers/network/network.ts';

export interface ReconcileTools {
  database: Database;
  driver: NetworkDriver;
}

/**
 * Handles each pending id; one that fails or is put off stays pending, and does not keep the
 * others from their turn. An id that is marked again while it is handled stays pending too.
 * @param between called before each, for what cannot wait until all had their turn
 * @throws the first failure, after all had their turn.
 */
export async function eachPending(
  pending: Set<string>,
  handle: (id: string) => Promise<'done' | 'later'>,
  between?: () => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const id of [...pending]) {
    await between?.();
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
