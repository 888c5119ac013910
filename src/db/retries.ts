import type { Queries } from './database.ts';

/**
 * Serialization failure, deadlock, and a unique key that another transaction took in between: run
 * again, the work's own check sees the other's row and refuses in its own words.
 */
const retriedCodes = new Set(['40001', '40P01', '23505']);

/** Attempts beside all others, which suffice when two or three want the same rows. */
const freeAttempts = 4;
/** Attempts with a turn; PostgreSQL lets at least one of those that collide through each time. */
const queuedAttempts = 60;

/**
 * Serializable transactions that are run again when PostgreSQL asks for it. One that keeps
 * colliding waits for its turn: those that collide then stand in a queue instead of each other's
 * way, so that a crowd of any size gets through.
 */
export function retriedTransactions(queries: Queries) {
  let tail: Promise<unknown> = Promise.resolve();
  return async <T>(work: (tx: Queries) => Promise<T>): Promise<T> => {
    const once = () => queries.transaction().setIsolationLevel('serializable').execute(work);
    try {
      return await attempt(once, freeAttempts);
    } catch (error) {
      if (!isRetried(error)) throw error;
    }
    const result = tail.then(() => attempt(once, queuedAttempts));
    tail = result.catch(() => undefined);
    return result;
  };
}

async function attempt<T>(once: () => Promise<T>, times: number): Promise<T> {
  for (let made = 1; ; made += 1) {
    try {
      return await once();
    } catch (error) {
      if (!isRetried(error) || made >= times) throw error;
    }
  }
}

function isRetried(error: unknown): boolean {
  return retriedCodes.has((error as { code?: string }).code ?? '');
}
