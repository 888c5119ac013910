import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { chown, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import { kvmDevice } from '#base/guest-devices.ts';
import { minimalEnvironment, ProcessError, run } from '#base/process.ts';
import { chooseUserId } from '../guest-folder.ts';
import { type Confinement, confine, seccompArgs } from './confinement.ts';
import { probeDisk, probeExitCode } from './probe-guest.ts';

export type Accelerator = 'kvm' | 'tcg';

/** What this host can do, found by trying it. */
export interface ProbeResult {
  /** Absolute path of QEMU. */
  binary: string;
  version: string;
  accelerator: Accelerator;
  confinement: Confinement;
  reason: string;
  losses: string[];
}

const programName = 'qemu-system-x86_64';
/** SeaBIOS reaches a boot sector in 0.2 s under emulation; an overloaded host is much slower. */
const tcgTimeoutMs = 20_000;
/** A KVM that works does it in 0.2 s; one that does not is waited for once per QEMU and kernel. */
const kvmTimeoutMs = 3_000;
/** Relative: the probe guest stands in the folder and may enter none above it. */
const probeBlockdev =
  'driver=raw,node-name=disk,read-only=on,file.driver=file,file.filename=probe.raw';
const cacheFile = 'qemu-probe.json';

/**
 * Finds out how guests can run here. The answer is kept in `stateFolder`, for this QEMU binary,
 * kernel and user, so that only the first start takes the time. Throws when no guest can run.
 */
export async function probeHost(
  stateFolder: string,
  wanted: 'auto' | Accelerator,
): Promise<ProbeResult> {
  const binary = findProgram();
  const { size, mtimeMs } = statSync(binary);
  const user = process.getuid?.() ?? -1;
  const key = JSON.stringify([2, binary, size, mtimeMs, release(), user, wanted, existsKvm()]);
  const remembered = await readCache(stateFolder, key);
  if (remembered) return remembered;
  const folder = await mkdtemp(join(stateFolder, 'qemu-probe-'));
  try {
    const result = await probe(binary, folder, wanted);
    await writeCache(stateFolder, key, result);
    return result;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The program as the same PATH finds it with which it will be started. */
function findProgram(): string {
  for (const folder of (minimalEnvironment().PATH ?? '').split(':')) {
    try {
      accessSync(join(folder, programName), constants.X_OK);
      return realpathSync(join(folder, programName));
    } catch {
      // Not in this folder.
    }
  }
  throw new Error(`${programName} is not installed; apt-get install qemu-system-x86`);
}

function existsKvm(): boolean {
  return statSync(kvmDevice, { throwIfNoEntry: false }) !== undefined;
}

async function probe(
  binary: string,
  folder: string,
  wanted: 'auto' | Accelerator,
): Promise<ProbeResult> {
  const { stdout } = await run(binary, ['--version']);
  const version = /version ([0-9.]+)/.exec(stdout)?.[1] ?? 'unknown';
  const disk = join(folder, 'probe.raw');
  await writeFile(disk, probeDisk());
  const { confinement, losses } = await probeConfinement(binary, folder);
  const kvm = await probeKvm(binary, folder, wanted, confinement);
  if (kvm.works) {
    const reason = 'KVM: a probe guest ran on it';
    return { binary, version, accelerator: 'kvm', confinement, reason, losses };
  }
  if (wanted === 'kvm') throw new Error(`KVM was asked for, but ${kvm.reason}`);
  const slow = 'No hardware acceleration: guests are emulated and many times slower.';
  const reason = `TCG (emulation): ${kvm.reason}`;
  return { binary, version, accelerator: 'tcg', confinement, reason, losses: [slow, ...losses] };
}

async function probeKvm(
  binary: string,
  folder: string,
  wanted: 'auto' | Accelerator,
  confinement: Confinement,
): Promise<{ works: boolean; reason: string }> {
  if (wanted === 'tcg') return { works: false, reason: 'asked for' };
  if (!existsKvm()) return { works: false, reason: `this host has no ${kvmDevice}` };
  // The device is opened as root here: which group may open it is not what is asked.
  const asRoot = { ...confinement, ownUser: false };
  const failure = await tryGuest(binary, folder, 'kvm', asRoot);
  if (failure === undefined) return { works: true, reason: '' };
  return {
    works: false,
    reason: `${kvmDevice} exists, but a probe guest on it failed: ${failure}`,
  };
}

/** The tightest chains in which a guest runs, and what the missing ones mean. */
async function probeConfinement(
  binary: string,
  folder: string,
): Promise<{ confinement: Confinement; losses: string[] }> {
  const isRoot = process.getuid?.() === 0;
  const users = isRoot ? [true, false] : [false];
  let failure: string | undefined;
  for (const seccomp of [true, false]) {
    for (const ownUser of users) {
      const confinement = { ownUser, seccomp };
      failure = await tryGuest(binary, folder, 'tcg', confinement);
      if (failure === undefined) return { confinement, losses: confinementLosses(confinement) };
    }
  }
  throw new Error(`QEMU runs no guest on this host: ${failure}`);
}

function confinementLosses({ ownUser, seccomp }: Confinement): string[] {
  const losses: string[] = [];
  if (!ownUser) losses.push('All guests run as one user: they are not protected from each other.');
  if (!seccomp) losses.push("QEMU's system call filter does not work on this host.");
  return losses;
}

/** Undefined when the probe guest ran, else one line saying what happened instead. */
async function tryGuest(
  binary: string,
  folder: string,
  accelerator: Accelerator,
  confinement: Confinement,
): Promise<string | undefined> {
  const userId = confinement.ownUser ? chooseUserId(folder, new Set()) : null;
  if (userId !== null) await chown(folder, userId, userId);
  const [file = '', ...args] = confine(
    [
      ...[binary, '-nodefaults', '-no-user-config', '-display', 'none', '-m', '64'],
      ...(confinement.seccomp ? seccompArgs : []),
      ...['-machine', 'pc', '-accel', accelerator],
      ...['-cpu', accelerator === 'kvm' ? 'host' : 'max'],
      ...['-blockdev', probeBlockdev],
      ...['-device', 'virtio-blk-pci,drive=disk'],
      ...['-device', 'isa-debug-exit,iobase=0xf4,iosize=4'],
    ],
    { userId, groupIds: [], namespace: null, maxFileBytes: 64 * 1024 * 1024 },
  );
  const timeoutMs = accelerator === 'kvm' ? kvmTimeoutMs : tcgTimeoutMs;
  try {
    await run(file, args, { cwd: folder, timeoutMs });
    return 'QEMU ended without running it';
  } catch (error) {
    if (!(error instanceof ProcessError)) throw error;
    if (error.exitCode === probeExitCode) return undefined;
    if (error.message.includes('SIGKILL'))
      return `it did not come to its end within ${timeoutMs} ms`;
    return (error.stderr || error.message).trim().split('\n')[0];
  }
}

async function readCache(stateFolder: string, key: string): Promise<ProbeResult | undefined> {
  try {
    const text = await readFile(join(stateFolder, cacheFile), 'utf8');
    const kept = JSON.parse(text) as { key: string; result: ProbeResult };
    return kept.key === key ? kept.result : undefined;
  } catch {
    // Missing or damaged: asking the host again costs a second.
    return undefined;
  }
}

async function writeCache(stateFolder: string, key: string, result: ProbeResult): Promise<void> {
  const path = join(stateFolder, cacheFile);
  await writeFile(`${path}.next`, JSON.stringify({ key, result }), { mode: 0o600 });
  await rename(`${path}.next`, path);
}
