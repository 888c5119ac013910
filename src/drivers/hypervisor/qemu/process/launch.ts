import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, chown, type FileHandle, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { groupsToOpen, kvmDevice } from '#base/guest-devices.ts';
import { minimalEnvironment } from '#base/process.ts';
import type { GuestSpec } from '../../hypervisor.ts';
import { openForAppending, readComplaints } from '../consoles/console-log.ts';
import type { NumberedDisk } from '../disks/block-devices.ts';
import { closeLayers, openDisk } from '../disks/disk-files.ts';
import { type GuestFolder, writeRecord } from '../guest-folder.ts';
import { withHardware } from '../hardware/hardware.ts';
import { namespaceOf } from '../hardware/network-devices.ts';
import type { KnownGuest, QemuHost } from '../host.ts';
import type { QmpClient } from '../qmp/client.ts';
import { connectQmp } from '../qmp/connect.ts';
import { commandLine, sockets } from './command-line.ts';
import { confine } from './confinement.ts';
import { identifyProcess, killProcess, type ProcessIdentity } from './host-process.ts';

interface StartedProcess {
  pid: number | undefined;
  /** Rejects when the process ends; never resolves. */
  died: Promise<never>;
  /** Size of QEMU's log before this start. */
  complaintsFrom: number;
}

export interface LaunchedGuest {
  process: ProcessIdentity;
  qmp: QmpClient;
}

/** A guest that comes: the machine that its memory fits, and the file of it, if it is one. */
export interface SuspendedGuest {
  memory: FileHandle | null;
  hardware: readonly string[];
}

/** Descriptors of the child that are always the same. */
const consoleFd = 3;
export const memoryFd = 4;

/** A QEMU that has not answered by then has something it waits for in vain. */
const launchTimeoutMs = 20_000;
const connectEveryMs = 3;
const hangUpMs = 500;

/**
 * Starts the guest's process and waits until it answers. Throws with what QEMU complained about
 * when it does not come up; then no process is left.
 */
export async function launch(
  host: QemuHost,
  known: KnownGuest,
  guest: GuestSpec,
  signal?: AbortSignal,
  suspended?: SuspendedGuest,
): Promise<LaunchedGuest> {
  const { folder, userId } = known;
  await prepareRun(folder, userId);
  // From here on a crash of ours may leave a process that is written down nowhere.
  await writeRecord(folder, { userId, starting: true, process: null });
  const { pid, died, complaintsFrom } = await startProcess(host, known, guest, suspended);
  const process = pid === undefined ? undefined : identifyProcess(pid);
  try {
    if (process) await writeRecord(folder, { userId, starting: true, process });
    const qmp = await firstContact(host, folder, died, signal);
    if (!process) throw new Error('QEMU answers, but has no process');
    await writeRecord(folder, { userId, starting: false, process });
    await closeRun(folder, userId);
    return { process, qmp };
  } catch (error) {
    if (process) killProcess(process);
    if (signal?.aborted) throw signal.reason;
    const complaints = await readComplaints(folder, complaintsFrom);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`QEMU did not start: ${reason}${complaints ? `: ${complaints}` : ''}`);
  }
}

async function startProcess(
  host: QemuHost,
  known: KnownGuest,
  guest: GuestSpec,
  suspended: SuspendedGuest | undefined,
): Promise<StartedProcess> {
  const disks = await Promise.all(guest.disks.map(openDisk));
  const consoleLog = await openForAppending(known.folder.consoleLog);
  const qemuLog = await openForAppending(known.folder.qemuLog);
  try {
    const { accelerator, confinement, binary } = host.probe;
    // Node gives the child these descriptors as 3, 4, 5 and so on.
    const passed = [consoleLog.fd, ...(suspended?.memory ? [suspended.memory.fd] : [])];
    const numbered: NumberedDisk[] = disks.map((disk) => ({
      disk,
      fds: disk.layers.map((layer) => passed.push(layer.handle.fd) + 2),
    }));
    const { seccomp } = confinement;
    const fresh = commandLine(guest, {
      ...{ binary, accelerator, seccomp },
      ...{ disks: numbered, consoleFd },
    });
    const command = suspended ? withHardware(fresh, suspended.hardware) : fresh;
    await writeFile(known.folder.command, JSON.stringify(command), { mode: 0o600 });
    // It waits until it is told where its memory is, and then until it is told to go on.
    if (suspended) command.push('-incoming', 'defer', '-S');
    // One that runs as we do has our rights; only who is root may give others any.
    const needsRights = accelerator === 'kvm' && known.userId !== null;
    const [file = '', ...args] = confine(command, {
      userId: known.userId,
      groupIds: needsRights ? await groupsToOpen(host.log, kvmDevice) : [],
      namespace: namespaceOf(guest.nics) ?? guest.networkNamespace ?? null,
      maxFileBytes: Math.max(...disks.map((disk) => disk.maxFileBytes), 64 * 1024 * 1024),
    });
    const complaintsFrom = (await qemuLog.stat()).size;
    const child = spawn(file, args, {
      cwd: known.folder.run,
      env: minimalEnvironment(),
      // A session of its own: what ends us does not end the guest.
      detached: true,
      stdio: ['ignore', qemuLog.fd, qemuLog.fd, ...passed],
    });
    child.unref();
    return { pid: child.pid, died: endOf(child), complaintsFrom };
  } finally {
    const layers = disks.flatMap((disk) => disk.layers);
    await Promise.all([closeLayers(layers), consoleLog.close(), qemuLog.close()]);
  }
}

function endOf(child: ChildProcess): Promise<never> {
  const end = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signalName) =>
      reject(new Error(signalName ? `ended by ${signalName}` : `exit code ${code}`)),
    );
  });
  // After the launch nobody waits here any more: the QMP connection tells of the end.
  end.catch(() => undefined);
  return end;
}

async function firstContact(
  host: QemuHost,
  folder: GuestFolder,
  died: Promise<never>,
  signal?: AbortSignal,
): Promise<QmpClient> {
  const endMs = host.clock.nowMs() + launchTimeoutMs;
  for (;;) {
    const timeoutMs = Math.max(1, endMs - host.clock.nowMs());
    try {
      return await Promise.race([connectQmp(host.clock, folder.run, sockets.qmp, timeoutMs), died]);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      const tooEarly = code === 'ENOENT' || code === 'ECONNREFUSED';
      if (!tooEarly || host.clock.nowMs() >= endMs) {
        // A QEMU that hangs up is about to end, and how it ends says more than that it hung up.
        await Promise.race([host.clock.sleep(hangUpMs, signal), died]);
        throw error;
      }
    }
    await Promise.race([host.clock.sleep(connectEveryMs, signal), died]);
  }
}

/** Makes the folder in which QEMU may make its sockets, empty. */
async function prepareRun(folder: GuestFolder, userId: number | null): Promise<void> {
  await mkdir(folder.run, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder.run)) {
    await rm(join(folder.run, name), { force: true, recursive: true });
  }
  if (userId !== null) await chown(folder.run, userId, userId);
}

/** Lets QEMU make further sockets, as long as no guest runs in it. */
export async function openRun(folder: GuestFolder, userId: number | null): Promise<void> {
  if (userId !== null) await chown(folder.run, userId, userId);
}

/**
 * Takes the folder back once the sockets are there, so that a QEMU taken over by its guest
 * cannot put another guest's socket in the place of its own.
 */
export async function closeRun(folder: GuestFolder, userId: number | null): Promise<void> {
  if (userId === null) return;
  await chown(folder.run, 0, 0);
  await chmod(folder.run, 0o711);
}
