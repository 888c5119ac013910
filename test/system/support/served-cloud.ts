import { type ChildProcess, spawn } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { minimalEnvironment, run } from '#base/process.ts';
import { eventually } from '#test/eventually.ts';

const readyTimeoutMs = 5 * 60_000;
const commandTimeoutMs = 3 * 60_000;

/**
 * A cloud served by the README's command in a checkout, with a state directory of its own and a
 * network namespace that stands for the world outside, so that the host's own network stays as it
 * is. Driven as a user would: by the files it writes and the unmodified client.
 */
export class ServedCloud {
  readonly checkout: string;
  readonly state = mkdtempSync(join(tmpdir(), 'cm-sys-'));
  readonly uplink = `cm-uplink-${process.pid}`;
  readonly #userId: number | undefined;
  #npm: ChildProcess | undefined;
  #said = '';

  /** `userId`: who types the commands and owns the state; without it whoever runs the tests. */
  constructor(checkout: string, userId?: number) {
    this.checkout = checkout;
    this.#userId = userId;
    if (userId !== undefined) chownSync(this.state, userId, userId);
  }

  async makeUplink(): Promise<void> {
    await run('ip', ['netns', 'add', this.uplink]);
  }

  /** `npm start`, up to the line that says it is ready. @returns all it printed. */
  async start(): Promise<string> {
    this.#said = '';
    const npm = this.#spawnNpm(['start']);
    this.#npm = npm;
    npm.stdout?.on('data', (chunk: Buffer) => {
      this.#said += chunk.toString();
    });
    npm.stderr?.on('data', (chunk: Buffer) => {
      this.#said += chunk.toString();
    });
    await eventually(
      'cumulet ready',
      () => {
        if (npm.exitCode !== null) throw new Error(`npm start ended:\n${this.#said}`);
        return /first$/m.test(this.#said) && this.#said.includes('cumulet ready');
      },
      readyTimeoutMs,
    );
    return this.#said;
  }

  /** Signals the process that serves and waits for its end. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const npm = this.#npm;
    if (!npm || npm.exitCode !== null) return;
    const ended = new Promise((resolve) => npm.once('exit', resolve));
    process.kill(this.#processId(), signal);
    await ended;
  }

  /** `npm run stop -- --servers`. */
  async stopAll(): Promise<void> {
    const npm = this.#spawnNpm(['run', 'stop', '--', '--servers']);
    await new Promise((resolve) => npm.once('exit', resolve));
  }

  /** The unmodified client, with the clouds.yaml that the cloud wrote. @returns its output. */
  async openstack(args: readonly string[], cloud = 'cumulet'): Promise<string> {
    const { stdout } = await run('openstack', args, {
      timeoutMs: commandTimeoutMs,
      env: {
        ...minimalEnvironment(),
        HOME: this.state,
        OS_CLIENT_CONFIG_FILE: join(this.state, 'clouds.yaml'),
        OS_CLOUD: cloud,
      },
    });
    return stdout.trim();
  }

  /** Processes of guests, known by the folder they work in. */
  guestProcesses(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((name) => workingDirectory(name)?.startsWith(join(this.state, 'guests')))
      .map(Number)
      .sort((a, b) => a - b);
  }

  /** Names of disks, guests' folders and the like that servers left in the state directory. */
  files(folder: 'guests' | 'disks'): string[] {
    const path = join(this.state, folder);
    return existsSync(path) ? readdirSync(path) : [];
  }

  async dispose(): Promise<void> {
    await this.end('SIGKILL');
    await this.stopAll();
    for (const processId of this.guestProcesses()) process.kill(processId, 'SIGKILL');
    await run('ip', ['netns', 'delete', this.uplink]).catch(() => undefined);
    rmSync(this.state, { recursive: true, force: true });
  }

  #spawnNpm(args: readonly string[]): ChildProcess {
    // By env(1), so that everything else of the environment is what npm itself was given.
    const settings = [
      `CUMULET_STATE=${this.state}`,
      'CUMULET_LISTEN=127.0.0.1:0',
      `CUMULET_UPLINK=${this.uplink}`,
    ];
    const [file = '', ...rest] = [...this.#become(), 'env', ...settings, 'npm', ...args];
    return spawn(file, rest, {
      cwd: this.checkout,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** The beginning of a command line that makes us another user, with no more rights than that. */
  #become(): string[] {
    if (this.#userId === undefined) return [];
    const ids = [`--reuid=${this.#userId}`, `--regid=${this.#userId}`, '--clear-groups'];
    return ['setpriv', ...ids, '--', 'env', `HOME=${this.state}`];
  }

  #processId(): number {
    const [line = ''] = readFileSync(join(this.state, 'cumulet.pid'), 'utf8').split('\n');
    return Number(line);
  }
}

function workingDirectory(processId: string): string | undefined {
  try {
    return readlinkSync(`/proc/${processId}/cwd`);
  } catch {
    return undefined;
  }
}
