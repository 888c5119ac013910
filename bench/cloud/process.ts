import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from '../http/client.ts';
import type { TemporaryState } from './state.ts';

const mainPath = join(import.meta.dirname, '..', '..', 'src', 'main.ts');
const readyDeadlineMs = 60_000;

/** The cloud as its users start it: a process of its own. */
export interface CloudProcess extends AsyncDisposable {
  readonly url: string;
  /** The lines it printed up to the ready line. */
  readonly said: readonly string[];
  /** From the start of the process to its ready line, as the process itself says. */
  readonly readyMs: number;
  /** The same, seen from outside. */
  readonly wallMs: number;
  residentMb(): number;
  logIn(user: 'admin' | 'demo'): Promise<Client>;
  password(user: 'admin' | 'demo'): string;
  /** Ends only the cloud; guests go on. */
  close(): Promise<void>;
}

/** What is passed to `up`; unnamed settings keep their defaults. */
export type CloudSettings = Readonly<Record<string, string>>;

export const simulated: CloudSettings = {
  CUMULET_HYPERVISOR: 'simulated',
  CUMULET_NETWORK: 'simulated',
};

/** Starts `cumulet up` on a free port of the loopback and waits until it is ready. */
export async function startCloud(
  state: TemporaryState,
  settings: CloudSettings = simulated,
): Promise<CloudProcess> {
  const startedMs = performance.now();
  const child = runMain(state, settings, ['up']);
  try {
    const { url, readyMs, said } = await readyLine(child);
    const wallMs = performance.now() - startedMs;
    return describe(child, state, { url, readyMs, wallMs, said });
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** What it found to work on this machine; a bare QEMU gets the same. */
export function accelerationOf({ said }: CloudProcess): string[] {
  const usesKvm = said.some((line) => line.startsWith('qemu: KVM'));
  return usesKvm ? ['-accel', 'kvm', '-cpu', 'host'] : ['-accel', 'tcg', '-cpu', 'max'];
}

/** Ends the guests that a cloud left running, for measurements on real ones. */
export async function endServers(state: TemporaryState, settings: CloudSettings): Promise<void> {
  const child = runMain(state, settings, ['stop', '--servers']);
  child.stdout?.resume();
  await once(child, 'exit');
}

/** With the flags that Node was started with itself, and the state's own compiled sources. */
function runMain(state: TemporaryState, settings: CloudSettings, args: readonly string[]) {
  return spawn(process.execPath, [...process.execArgv, mainPath, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      CUMULET_LISTEN: '127.0.0.1:0',
      CUMULET_STATE: state.path,
      NODE_COMPILE_CACHE: state.compiledPath,
      ...settings,
    },
  });
}

function describe(
  child: ChildProcess,
  state: TemporaryState,
  facts: Pick<CloudProcess, 'url' | 'readyMs' | 'wallMs' | 'said'>,
): CloudProcess {
  const passwordOf = (user: string) => readPassword(state.path, user);
  const close = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  };
  return {
    ...facts,
    residentMb: () => residentMb(child.pid ?? 0),
    logIn: (user) => Client.logIn(facts.url, user, passwordOf(user)),
    password: passwordOf,
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function readyLine(
  child: ChildProcess,
): Promise<Pick<CloudProcess, 'url' | 'readyMs' | 'said'>> {
  if (!child.stdout) throw new Error('the process has no output');
  const said: string[] = [];
  const late = setTimeout(() => child.kill('SIGKILL'), readyDeadlineMs);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      said.push(line);
      const match = /^cumulet ready (\S+) in (\d+) ms$/.exec(line);
      if (!match?.[1]) continue;
      // Nobody reads on: what it says later must not stop it.
      child.stdout.resume();
      return { url: match[1], readyMs: Number(match[2]), said };
    }
  } finally {
    clearTimeout(late);
  }
  throw new Error(`the cloud ended before it was ready: ${said.join(' | ')}`);
}

/** From `openrc`, as a user of the shell would read it. */
function readPassword(stateDirectory: string, user: string): string {
  const file = user === 'admin' ? 'openrc-admin' : 'openrc';
  const text = readFileSync(join(stateDirectory, file), 'utf8');
  const password = /^export OS_PASSWORD='?([^'\n]*)'?$/m.exec(text)?.[1];
  if (!password) throw new Error(`${file} names no password`);
  return password;
}

function residentMb(processId: number): number {
  const status = readFileSync(`/proc/${processId}/status`, 'utf8');
  return (Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024) / 1e6;
}
