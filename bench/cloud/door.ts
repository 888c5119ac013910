import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const program = join(import.meta.dirname, 'knock.ts');
const deadlineMs = 30_000;
/** So many attempts in a row must fail, because one may have been lost. */
const enough = 5;

interface Attempt {
  beganMs: number;
  overMs: number;
  isOpen: boolean;
}

/** Looks from a network namespace whether a guest takes connections there. */
export class Door implements AsyncDisposable {
  readonly #child: ChildProcess;
  #attempts: Attempt[] = [];
  #fromMs = 0;

  constructor(namespace: string) {
    const args = ['netns', 'exec', namespace, process.execPath, program];
    const child = spawn('ip', args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child = child;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [beganMs, overMs, outcome] = line.split(' ');
      const isOpen = outcome === 'open';
      // What was still waiting for an answer belongs to the question before.
      if (Number(beganMs) < this.#fromMs) return;
      this.#attempts.push({ beganMs: Number(beganMs), overMs: Number(overMs), isOpen });
    });
  }

  /** @returns after how many ms from now the first connection was taken */
  opens(address: string, port: number): Promise<number> {
    return this.#watch(address, port, () => this.#attempts.find(({ isOpen }) => isOpen)?.overMs);
  }

  /** @returns after how many ms from now the first of those began that were not taken any more */
  shuts(address: string, port: number): Promise<number> {
    return this.#watch(address, port, () => {
      const inOrder = this.#attempts.toSorted((a, b) => a.beganMs - b.beganMs);
      const last = inOrder.findLastIndex(({ isOpen }) => isOpen);
      const shut = inOrder.slice(last + 1);
      return shut.length >= enough ? shut[0]?.beganMs : undefined;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }

  async #watch(address: string, port: number, found: () => number | undefined): Promise<number> {
    this.#fromMs = Number(process.hrtime.bigint()) / 1e6;
    this.#attempts = [];
    this.#child.stdin?.write(`${address} ${port}\n`);
    const signal = AbortSignal.timeout(deadlineMs);
    try {
      for (;;) {
        const atMs = found();
        if (atMs !== undefined) return atMs - this.#fromMs;
        const stdout = this.#child.stdout;
        if (stdout) await once(stdout, 'data', { signal });
      }
    } catch (error) {
      throw new Error(`${address} does not become what it is to be`, { cause: error });
    } finally {
      this.#child.stdin?.write('stop\n');
    }
  }
}
