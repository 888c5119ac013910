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

  constructor(options: LoopOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isStarted = true;
    this.wake();
  }

  wake(): void {
    this.#isWanted = true;
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
        await this.#pause(Math.min(pauseMs, longestGatherMs), true);
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
        await this.#pause(retryMs, false);
      }
    }
    // In the same turn as the last look, so that no wake-up falls in between.
    this.#running = undefined;
  }

  async #pause(ms: number, mayHurry: boolean): Promise<void> {
    const signals = [this.#closing.signal, ...(mayHurry ? [this.#hurry.signal] : [])];
    await this.#options.clock.sleep(ms, AbortSignal.any(signals)).catch(() => undefined);
  }
}
