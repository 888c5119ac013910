import type { Clock } from '#base/clock.ts';
import type { Ids } from '#base/ids.ts';
import type { Log } from '#base/log.ts';
import type { Database, Queries } from '#db/database.ts';
import type { BoundKind, EngineFaults, NewOperation } from './operation.ts';
import { runOperation } from './run.ts';
import { insertOperation, listUnfinished, supersedeOperations } from './store.ts';

export interface EngineOptions {
  database: Database;
  clock: Clock;
  ids: Ids;
  log: Log;
  concurrency: number;
  faults?: EngineFaults | undefined;
}

type Record = (operation: NewOperation) => Promise<string>;

interface Queued {
  id: string;
  /** Ends the present attempt: its deadline, or another operation that takes over. */
  abort: AbortController;
  taken: AbortController;
}

/**
 * Runs durable operations: recorded in the transaction that decides them, run step by step after
 * it, resumed after a crash. Operations of one subject run one after another in the order in which
 * they were recorded; those of different subjects side by side, up to a limit.
 */
export class OperationEngine {
  #options: EngineOptions;
  #kinds = new Map<string, BoundKind>();
  #queues = new Map<string, Queued[]>();
  /** Subjects whose first operation was put off. */
  #resting = new Set<string>();
  #ready: string[] = [];
  #running = 0;
  #closing = new AbortController();
  #idleWaiters: (() => void)[] = [];

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  register(kind: BoundKind): void {
    if (this.#kinds.has(kind.kind)) throw new Error(`${kind.kind} is registered twice`);
    this.#kinds.set(kind.kind, kind);
  }

  /** Resumes what an earlier process left unfinished. */
  async start(): Promise<void> {
    for (const row of await listUnfinished(this.#options.database.queries)) {
      this.#enqueue(row.subject, row.id);
    }
    this.#pump();
  }

  /**
   * A transaction that may record operations; they begin once it is committed. `work` may run more
   * than once, so it does nothing but query and record.
   */
  async transaction<T>(work: (tx: Queries, record: Record) => Promise<T>): Promise<T> {
    let recorded: { id: string; subject: string }[] = [];
    let superseded: string[] = [];
    const result = await this.#options.database.transaction((tx) => {
      recorded = [];
      superseded = [];
      return work(tx, async (operation) => {
        if (operation.supersedes) {
          const nowMs = this.#options.clock.nowMs();
          superseded.push(...(await supersedeOperations(tx, operation.subject, nowMs)));
        }
        const id = await this.#insert(tx, operation);
        recorded.push({ id, subject: operation.subject });
        return id;
      });
    });
    this.#abort(superseded);
    for (const { id, subject } of recorded) this.#enqueue(subject, id);
    this.#pump();
    return result;
  }

  /**
   * Records an operation as part of another's transaction.
   * @returns what begins it, to be called once that is committed; a crash in between loses nothing
   */
  async recordWithin(
    tx: Queries,
    operation: Omit<NewOperation, 'supersedes'>,
  ): Promise<() => void> {
    const id = await this.#insert(tx, operation);
    return () => {
      this.#enqueue(operation.subject, id);
      this.#pump();
    };
  }

  /**
   * Resolves when nothing is running, or queued behind anything but what was put off; tests and a
   * graceful stop wait for it.
   */
  whenIdle(): Promise<void> {
    if (this.#isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.#idleWaiters.push(resolve));
  }

  /** Starts nothing more. What runs is abandoned where it stands and resumed at the next start. */
  close(): void {
    this.#closing.abort();
    this.#ready = [];
  }

  async #insert(tx: Queries, operation: NewOperation): Promise<string> {
    const kind = this.#kinds.get(operation.kind);
    if (!kind) throw new Error(`no operation is called ${operation.kind}`);
    const id = this.#options.ids.uuid();
    const nowMs = this.#options.clock.nowMs();
    await insertOperation(tx, {
      id,
      kind: operation.kind,
      subject: operation.subject,
      project_id: operation.projectId,
      request_id: operation.requestId,
      input: JSON.stringify(operation.input),
      state: 'running',
      step: 0,
      data: '{}',
      error: null,
      created_ms: nowMs,
      updated_ms: nowMs,
      deadline_ms: nowMs + kind.deadlineMs,
    });
    return id;
  }

  #abort(operationIds: readonly string[]): void {
    if (operationIds.length === 0) return;
    for (const queue of this.#queues.values()) {
      for (const queued of queue) {
        if (!operationIds.includes(queued.id)) continue;
        for (const end of [queued.abort, queued.taken]) end.abort(new Error('superseded'));
      }
    }
  }

  #enqueue(subject: string, id: string): void {
    const queued = { id, abort: new AbortController(), taken: new AbortController() };
    const queue = this.#queues.get(subject);
    if (queue) {
      queue.push(queued);
      return;
    }
    this.#queues.set(subject, [queued]);
    this.#ready.push(subject);
  }

  #pump(): void {
    while (!this.#closing.signal.aborted && this.#running < this.#options.concurrency) {
      const subject = this.#ready.shift();
      if (subject === undefined) return;
      this.#running += 1;
      void this.#runFirst(subject);
    }
  }

  async #runFirst(subject: string): Promise<void> {
    const queue = this.#queues.get(subject);
    const first = queue?.[0];
    if (!queue || !first) return;
    const { database, clock, log, faults } = this.#options;
    const [closing, taken] = [this.#closing.signal, first.taken.signal];
    const tools = { database, clock, log, faults, closing, taken };
    let restMs: number | undefined;
    try {
      restMs = await runOperation(first.id, this.#kinds, first.abort, tools);
    } catch (error) {
      // Our own storage failed, or what the end needed for long; it is resumed at the next start.
      log.error({ operationId: first.id, error }, 'an operation could not be recorded');
    }
    this.#running -= 1;
    if (this.#closing.signal.aborted) return;
    if (restMs !== undefined) this.#rest(subject, first, restMs);
    else {
      queue.shift();
      if (queue.length > 0) this.#ready.push(subject);
      else this.#queues.delete(subject);
    }
    if (this.#isIdle()) for (const wake of this.#idleWaiters.splice(0)) wake();
    this.#pump();
  }

  #isIdle(): boolean {
    return this.#queues.size === this.#resting.size;
  }

  /** The subject waits without a worker, and no longer than until another one takes over. */
  #rest(subject: string, queued: Queued, ms: number): void {
    this.#resting.add(subject);
    // The deadline may have passed while it was put off; the next attempt has a whole one.
    queued.abort = new AbortController();
    const closing = this.#closing.signal;
    const wake = () => {
      this.#resting.delete(subject);
      if (closing.aborted) return;
      this.#ready.push(subject);
      this.#pump();
    };
    const signal = AbortSignal.any([queued.taken.signal, closing]);
    this.#options.clock.sleep(ms, signal).then(wake, wake);
  }
}
