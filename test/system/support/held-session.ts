import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from '#test/eventually.ts';

const answerTimeoutMs = 120_000;

/** A shell on a guest that stays open: as long as it answers, its one connection was never cut. */
export class HeldSession implements AsyncDisposable {
  readonly #child: ChildProcess;
  #said = '';
  #asked = 0;

  /** `command`: a whole command line that ends in a shell on the guest. */
  constructor(command: readonly string[]) {
    const [file = '', ...args] = command;
    this.#child = spawn(file, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.#said += chunk.toString();
    });
  }

  /** Runs a command in the open shell. @returns what it printed. */
  async ask(command: string): Promise<string> {
    this.#said = '';
    this.#asked += 1;
    const end = `end-of-${this.#asked}\n`;
    this.#child.stdin?.write(`${command}\necho ${end}`);
    const isDone = () => {
      if (this.#child.exitCode !== null) throw new Error('the ssh session was cut');
      return this.#said.includes(end);
    };
    await eventually(`an answer to ${command} in the open session`, isDone, answerTimeoutMs);
    return this.#said.slice(0, this.#said.indexOf(end)).trim();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}
