import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { minimalEnvironment } from '#base/process.ts';
import { type Client, logIn } from '#test/client.ts';
import { eventually } from '#test/eventually.ts';
import type { ServeRequest } from './serve-until-step.ts';

const program = join(import.meta.dirname, 'serve-until-step.ts');
const readyTimeoutMs = 60_000;
const stepTimeoutMs = 60_000;

/** A cloud that is served by a process of its own, which may be killed. */
export class ServingProcess {
  readonly #child: ChildProcess;
  #said = '';
  #clients: Record<'admin' | 'demo', Client> | undefined;

  private constructor(request: ServeRequest) {
    this.#child = spawn(process.execPath, [program, JSON.stringify(request)], {
      env: minimalEnvironment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.#said += chunk.toString();
    });
  }

  static async start(request: ServeRequest): Promise<ServingProcess> {
    const serving = new ServingProcess(request);
    try {
      await serving.#untilReady();
    } catch (error) {
      await serving.kill();
      throw error;
    }
    return serving;
  }

  /** User `demo` of project `demo`. */
  get demo(): Client {
    return this.#logged.demo;
  }

  get admin(): Client {
    return this.#logged.admin;
  }

  /** Resolves where it was told to go no further. */
  async untilStep(): Promise<void> {
    const isThere = () => this.#said.includes('stopped at the step');
    await eventually('the step is reached', isThere, stepTimeoutMs);
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  get #logged() {
    if (!this.#clients) throw new Error('the cloud does not serve');
    return this.#clients;
  }

  async #untilReady(): Promise<void> {
    const [, url = '', demo = '', admin = ''] = await eventually(
      'the cloud is ready',
      () => {
        if (this.#child.exitCode !== null) throw new Error('the serving process ended');
        return /^ready (\S+) (\S+) (\S+)\n/m.exec(this.#said) ?? undefined;
      },
      readyTimeoutMs,
    );
    this.#clients = {
      demo: await logIn(url, 'demo', demo, 'demo'),
      admin: await logIn(url, 'admin', admin, 'admin'),
    };
  }
}
