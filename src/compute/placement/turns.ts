import type { Database } from '#db/database.ts';
import type { OperationEngine } from '#operations/engine.ts';
import { takeTurn } from './store.ts';

/**
 * Transactions that place servers, one at a time: on SQLite that is so anyway. Within this process
 * they stand in a queue, so that they hold no connections while they wait; processes take turns by
 * a lock. That nothing is promised twice does not rest on this: transactions are serializable.
 */
export function placementTurns(
  database: Database,
  operations: OperationEngine,
): OperationEngine['transaction'] {
  let tail: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = tail.then(() =>
      operations.transaction(async (tx, record) => {
        if (database.dialect === 'postgres') await takeTurn(tx);
        return work(tx, record);
      }),
    );
    tail = result.catch(() => undefined);
    return result;
  };
}
