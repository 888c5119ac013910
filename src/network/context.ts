import type { Clock } from '#base/clock.ts';
import type { Ids } from '#base/ids.ts';
import type { Database, Queries } from '#db/database.ts';
import { type Changes, noChanges } from './changes.ts';
import { takeTurn } from './turns/store.ts';

/** A port that its owner deleted while a server had it. */
export interface LostPort {
  portId: string;
  serverId: string;
  projectId: string;
  requestId: string;
}

/**
 * Told in the transaction that deletes the port, so that its card surely leaves the guest.
 * @returns what is to be called once that is committed
 */
export type OnPortLost = (tx: Queries, lost: LostPort) => Promise<() => void>;

/** What the verbs of this service work with. */
export interface NetworkContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly onPortLost: OnPortLost;
  /**
   * Runs `work` in one transaction; once it is committed, the reconcilers hear what it put into
   * `changes`. `work` may run more than once, so it does nothing but query.
   */
  transact: Transact;
  /** The same without waiting for the disk; see `Database.note`. For steps of operations. */
  note: Transact;
  /** The same as part of another's transaction; `announce` is called once that is committed. */
  within<T>(
    tx: Queries,
    work: (changes: Changes) => Promise<T>,
  ): Promise<{ value: T; announce: () => void }>;
}

type Transact = <T>(work: (tx: Queries, changes: Changes) => Promise<T>) => Promise<T>;

/** Another process took the same address or name between our look and our commit. */
function isUniqueViolation(error: unknown): boolean {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  return code === '23505' || errcode === 2067 || errcode === 1555;
}

const collisionAttempts = 5;

/**
 * One writer at a time: on SQLite that is so anyway, and on PostgreSQL it spares the retries that
 * parallel allocations from one pool would cost. Within this process writers stand in a queue, so
 * that they hold no connections while they wait; processes take turns by a lock. That no address
 * is given twice does not rest on this: unique constraints see to it.
 */
export function makeTransact(
  database: Database,
  announce: (changes: Changes) => void,
): Pick<NetworkContext, 'transact' | 'note' | 'within'> {
  let tail: Promise<unknown> = Promise.resolve();
  const inTurn =
    (begin: Database['transaction']): Transact =>
    (work) => {
      const result = tail.then(() => attempt(database, begin, work));
      tail = result.catch(() => undefined);
      return result.then(({ value, changes }) => {
        announce(changes);
        return value;
      });
    };
  return {
    transact: inTurn(database.transaction),
    note: inTurn(database.note),
    within: async (tx, work) => {
      const changes = noChanges();
      if (database.dialect === 'postgres') await takeTurn(tx);
      return { value: await work(changes), announce: () => announce(changes) };
    },
  };
}

async function attempt<T>(
  database: Database,
  begin: Database['transaction'],
  work: (tx: Queries, changes: Changes) => Promise<T>,
): Promise<{ value: T; changes: Changes }> {
  for (let count = 1; ; count += 1) {
    let changes = noChanges();
    try {
      const value = await begin(async (tx) => {
        changes = noChanges();
        if (database.dialect === 'postgres') await takeTurn(tx);
        return work(tx, changes);
      });
      return { value, changes };
    } catch (error) {
      // The second look finds what was taken and says so, or takes the next one.
      if (!isUniqueViolation(error) || count >= collisionAttempts) throw error;
    }
  }
}
