import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const projectDirectory = join(import.meta.dirname, '..', '..');
const mainFile = join(projectDirectory, 'src', 'main.ts');
const deadlineMs = 180_000;

export interface Ending {
  exitCode: number | null;
  signalName: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A program of ours in a process of its own; disposing of it ends it and waits for that. */
export class StartedProcess implements AsyncDisposable {
  readonly ended: Promise<Ending>;
  readonly #child: ChildProcess;
  #stdout = '';
  #stderr = '';

  constructor(args: readonly string[], environment: Record<string, string> = {}) {
    const env = { PATH: process.env.PATH ?? '', ...environment };
    const stdio = ['ignore', 'pipe', 'pipe'] as const;
    this.#child = spawn(process.execPath, args, { env, stdio: [...stdio], timeout: deadlineMs });
    this.#child.stdout?.on('data', (chunk) => {
      this.#stdout += chunk;
    });
    this.#child.stderr?.on('data', (chunk) => {
      this.#stderr += chunk;
    });
    this.ended = new Promise((resolve, reject) => {
      this.#child.on('error', reject);
      this.#child.on('close', (exitCode, signalName) => {
        resolve({ exitCode, signalName, stdout: this.#stdout, stderr: this.#stderr });
      });
    });
  }

  get processId(): number {
    return this.#child.pid ?? 0;
  }

  /** Waits until stdout matches; fails when the process ends first. */
  async prints(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.#stdout);
      if (match) return match;
      const more = new Promise((resolve) => this.#child.stdout?.once('data', resolve));
      const ending = await Promise.race([more.then(() => undefined), this.ended]);
      if (ending && !pattern.test(this.#stdout)) {
        throw new Error(`ended without printing ${pattern}: ${JSON.stringify(ending)}`);
      }
    }
  }

  signal(name: NodeJS.Signals): Promise<Ending> {
    this.#child.kill(name);
    return this.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.signal('SIGKILL');
  }
}

export function startMain(args: readonly string[], environment?: Record<string, string>) {
  return new StartedProcess([mainFile, ...args], environment);
}

/** A directory that goes away with its scope. */
export function temporaryDirectory(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'cumulet-setup-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
