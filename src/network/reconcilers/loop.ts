import type { Clock } from '#base/clock.ts';
import type { Log } from '#base/log.ts';

export interface LoopOptions {
  name: string;
  clock: Clock;
  log: Log;
  /** Changes that come within this time of each other are handled together. */
  gatherMs: number;
  /** Does all that is pending. What failed stays pending, and the pass throws. */
  pass(): Promise<void>;
  /**
   * Does what cannot wait until others have gathered, or until the next retry. What failed stays
   * pending for the pass, which tells of it.
   */
  urgent?(): Promise<void>;
}

const firstRetryMs = 1000;
const longestRetryMs = 30_000;
/** While passes are long, the pauses between them are longer: requests come first. */
const pausePerPass = 8;
const longestGatherMs = 2000;

/** Runs a pass after each wake-up, one at a time, and again later when one fails. */
export class ReconcileLoop {
  #options: LoopOptions;
  #isStarted = false;
  #isWanted = false;
  #running: Promise<void> | undefined;
  #closing = new AbortController();
  /** Cuts short the gathering while somebody waits for the result. */
  #hurry = new AbortController();
  #waiting = 0;
  /** Interrupts the gathering, or the time until a retry, which then goes on. */
  #alarm = new AbortController();
  #isUrgent = false;

  constructor(options: LoopOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isStarted = true;
    this.wake();
  }

  wake(isUrgent = false): void {
    this.#isWanted = true;
    if (isUrgent) {
      this.#isUrgent = true;
      this.#alarm.abort();
    }
    if (!this.#isStarted || this.#running || this.#closing.signal.aborted) return;
    this.#running = this.#run();
  }

  /** Resolves when everything that was asked for is done, retries included. */
  async converged(): Promise<void> {
    this.#waiting += 1;
    this.#hurry.abort();
    try {
      while (this.#running) await this.#running;
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#hurry = new AbortController();
    }
  }

  /** Waits for the pass that runs; starts no other. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { name, log, clock, gatherMs, pass } = this.#options;
    let failures = 0;
    let lastPassMs = 0;
    while (this.#isWanted && !this.#closing.signal.aborted) {
      if (gatherMs > 0 && failures === 0) {
        const pauseMs = Math.max(gatherMs, lastPassMs * pausePerPass);
        await this.#rest(Math.min(pauseMs, longestGatherMs), true);
      }
      if (this.#closing.signal.aborted) break;
      this.#isWanted = false;
      const startedMs = clock.nowMs();
      try {
        await pass();
        lastPassMs = clock.nowMs() - startedMs;
        failures = 0;
      } catch (error) {
        this.#isWanted = true;
        const retryMs = Math.min(firstRetryMs * 2 ** failures, longestRetryMs);
        failures += 1;
        log.warn({ error: String(error), retryMs }, `${name}: the host is not as wanted yet`);
        await this.#rest(retryMs, false);
      }
    }
    // In the same turn as the last look, so that no wake-up falls in between.
    this.#running = undefined;
  }

  /** @param mayHurry whether it is cut short while somebody waits for the result */
  async #rest(ms: number, mayHurry: boolean): Promise<void> {
    const { clock, urgent } = this.#options;
    const isOver = () => (mayHurry && this.#hurry.signal.aborted) || this.#closing.signal.aborted;
    const endMs = clock.nowMs() + ms;
    for (;;) {
      const alarm = new AbortController();
      this.#alarm = alarm;
      if (this.#isUrgent) {
        this.#isUrgent = false;
        await urgent?.().catch(() => undefined);
      }
      const leftMs = endMs - clock.nowMs();
      if (isOver() || leftMs <= 0) return;
      const signals = mayHurry ? [this.#hurry.signal, alarm.signal] : [alarm.signal];
      await this.#pause(leftMs, signals);
      if (!alarm.signal.aborted) return;
    }
  }

  /** Ends before its time when one of the signals is given, or the loop is closed. */
  async #pause(ms: number, signals: readonly AbortSignal[]): Promise<void> {
    const any = AbortSignal.any([this.#closing.signal, ...signals]);
    await this.#options.clock.sleep(ms, any).catch(() => undefined);
  }
}
