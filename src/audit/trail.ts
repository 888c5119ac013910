import type { Clock } from '#base/clock.ts';
import type { Ids } from '#base/ids.ts';
import { limits } from '#base/limits.ts';
import type { Log } from '#base/log.ts';
import type { Database } from '#db/database.ts';
import type { AuditFacts, AuditOutcome, AuditTrail, RefusedCall } from '#endpoints/audit-trail.ts';
import { RefusedCalls } from './refused-calls.ts';
import { finishRecord, insertRecord } from './store.ts';
import { writeRefused } from './write-refused.ts';

export interface AuditDeps {
  database: Database;
  clock: Clock;
  ids: Ids;
  log: Log;
}

/**
 * The trail in the database. That something is asked is written before it is done and made durable
 * with it, without waiting for the disk twice. Outcomes follow in batches: a power cut that takes
 * one leaves a record that says who asked for what, and not how it was answered. Refusals of
 * callers whom nobody knows are counted, and the counts written in batches of their own.
 */
export class DatabaseAuditTrail implements AuditTrail {
  #deps: AuditDeps;
  #ended = new Map<string, AuditOutcome>();
  #writing: Promise<void> | undefined;
  #refused = new RefusedCalls();
  #counting: Promise<void> | undefined;
  #stop = new AbortController();

  constructor(deps: AuditDeps) {
    this.#deps = deps;
  }

  async begin(facts: AuditFacts): Promise<string> {
    const row = this.#rowOf(facts);
    await this.#deps.database.note((tx) => insertRecord(tx, row));
    return row.id;
  }

  end(id: string, outcome: AuditOutcome): void {
    this.#ended.set(id, outcome);
    this.#writing ??= this.#write();
  }

  async record(facts: AuditFacts, outcome: AuditOutcome): Promise<void> {
    const row = this.#rowOf(facts);
    await this.#deps.database.transaction(async (tx) => {
      await insertRecord(tx, row);
      await finishRecord(tx, row.id, changeOf(outcome));
    });
  }

  refused(call: RefusedCall): void {
    this.#refused.count(call, this.#deps.clock.nowMs());
    this.#counting ??= this.#countSoon();
  }

  /** Resolves when all that ended is written; counts that are not written yet never are. */
  async abandon(): Promise<void> {
    this.#stop.abort();
    await this.whenWritten();
  }

  /** Resolves when everything is written. */
  async close(): Promise<void> {
    await this.abandon();
    await this.#writeCounts();
  }

  /** Resolves when what ended is written, and what was counted, which takes its time. */
  async whenWritten(): Promise<void> {
    await Promise.all([this.#writing, this.#counting]);
  }

  #rowOf(facts: AuditFacts) {
    const { clock, ids } = this.#deps;
    return {
      id: ids.uuid(),
      asked_ms: clock.nowMs(),
      request_id: facts.requestId,
      surface: facts.surface,
      user_id: facts.userId,
      project_id: facts.projectId,
      address: facts.address,
      method: facts.method,
      call: facts.call,
      resource_id: facts.resourceId,
    };
  }

  async #write(): Promise<void> {
    const { database, log } = this.#deps;
    // The answer goes out first.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#ended.size > 0) {
      const batch = [...this.#ended];
      this.#ended.clear();
      const write = database.note(async (tx) => {
        for (const [id, outcome] of batch) await finishRecord(tx, id, changeOf(outcome));
      });
      await write.catch((error) => {
        log.error({ error: String(error), records: batch.length }, 'audit outcomes not written');
      });
    }
    this.#writing = undefined;
  }

  async #countSoon(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted && !this.#refused.isEmpty) {
      await this.#deps.clock.sleep(limits.refusedCallsWrittenMs, signal).catch(() => undefined);
      if (!signal.aborted) await this.#writeCounts();
    }
    this.#counting = undefined;
  }

  async #writeCounts(): Promise<void> {
    const { database, log } = this.#deps;
    const rows = this.#refused.take();
    await writeRefused(database, rows).catch((error) => {
      this.#refused.takeBack(rows);
      log.error({ error: String(error), rows: rows.length }, 'refused calls not written');
    });
  }
}

function changeOf({ status, refusal, resourceId }: AuditOutcome) {
  const made = resourceId === undefined ? {} : { resource_id: resourceId };
  return { status, refusal, ...made };
}
