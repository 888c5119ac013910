import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
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
import { delimiter, join } from 'node:path';
import { minimalEnvironment, run } from '#base/process.ts';
import { eventually } from '#test/eventually.ts';
import { removeWires } from './wires.ts';

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
  /** The process that serves, once it is ready. */
  #processId: number | undefined;
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
    this.#processId = undefined;
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
        if (hasEnded(npm)) throw new Error(`npm start ended:\n${this.#said}`);
        return /first$/m.test(this.#said) && this.#said.includes('cumulet ready');
      },
      readyTimeoutMs,
    );
    const [line] = readFileSync(join(this.state, 'cumulet.pid'), 'utf8').split('\n');
    this.#processId = Number(line);
    return this.#said;
  }

  /** Signals the process that serves and waits for its end. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const npm = this.#npm;
    if (!npm || hasEnded(npm)) return;
    const ended = once(npm, 'exit');
    // Before it is ready it may still be set-up, which npm passes the signal on to.
    if (this.#processId === undefined) npm.kill('SIGTERM');
    else process.kill(this.#processId, signal);
    await ended;
  }

  /** Ends npm as an operator would, and waits for it. @returns npm's own exit code. */
  async terminate(): Promise<number | null> {
    const npm = this.#npm;
    if (!npm || hasEnded(npm)) throw new Error('npm start does not run');
    const ended = once(npm, 'exit');
    npm.kill('SIGTERM');
    await ended;
    return npm.exitCode;
  }

  /** `npm run stop -- --servers`. @returns its exit code. */
  async stopAll(): Promise<number | null> {
    const npm = this.#spawnNpm(['run', 'stop', '--', '--servers']);
    npm.stdout?.resume();
    npm.stderr?.resume();
    await once(npm, 'exit');
    return npm.exitCode;
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
  files(folder: 'guests' | 'disks' | 'incoming'): string[] {
    const path = join(this.state, folder);
    return existsSync(path) ? readdirSync(path) : [];
  }

  /** Leaves nothing behind, whatever state the cloud is in. */
  async dispose(): Promise<void> {
    await this.end('SIGKILL');
    if (this.files('guests').length > 0) await this.stopAll();
    for (const processId of this.guestProcesses()) process.kill(processId, 'SIGKILL');
    await removeWires(this.state);
    await run('ip', ['netns', 'delete', this.uplink]).catch(() => undefined);
    rmSync(this.state, { recursive: true, force: true });
  }

  #spawnNpm(args: readonly string[]): ChildProcess {
    const [file = '', ...rest] = [...this.#become(), 'npm', ...args];
    return spawn(file, rest, {
      cwd: this.checkout,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...newcomersEnvironment(this.#userId === undefined),
        CUMULET_STATE: this.state,
        CUMULET_LISTEN: '127.0.0.1:0',
        CUMULET_UPLINK: this.uplink,
        npm_config_prefer_offline: 'true',
      },
    });
  }

  /** The beginning of a command line that makes us another user, with no more rights than that. */
  #become(): string[] {
    if (this.#userId === undefined) return [];
    const ids = [`--reuid=${this.#userId}`, `--regid=${this.#userId}`, '--clear-groups'];
    return ['setpriv', ...ids, '--', 'env', `HOME=${this.state}`];
  }
}

/** What a test run by `npm test` has in its environment, and somebody's terminal has not. */
const ofTestRun =
  /^(CUMULET_|OS_|NODE_(COMPILE_CACHE|TEST_CONTEXT|OPTIONS|CHANNEL)|npm_(?!config)|INIT_CWD)/;

/** `npmSettings`: whether the settings of npm itself are for this user too. */
function newcomersEnvironment(npmSettings: boolean): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => {
    if (/^npm_config_/.test(name)) return npmSettings && !/prefix$/.test(name);
    return !ofTestRun.test(name);
  });
  // The machine's own Node and npm, not those that the project brought for itself.
  const folders = (process.env.PATH ?? '').split(delimiter);
  const own = folders.filter((folder) => !folder.includes('node_modules'));
  return { ...Object.fromEntries(kept), PATH: own.join(delimiter) };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function workingDirectory(processId: string): string | undefined {
  try {
    return readlinkSync(`/proc/${processId}/cwd`);
  } catch {
    return undefined;
  }
}
