import type { GuestEvent } from '../hypervisor.ts';
import { until } from './deadline.ts';
import { writeRecord } from './guest-folder.ts';
import type { KnownGuest, QemuHost } from './host.ts';
import { watchPanic } from './panic.ts';
import { isAlive, killProcess, type ProcessIdentity } from './process/host-process.ts';
import type { QmpClient, QmpEvent } from './qmp/client.ts';
import { textMember } from './qmp/messages.ts';

/** A guest that has a process, and our conversation with it. */
export interface LiveGuest {
  process: ProcessIdentity;
  qmp: QmpClient;
  power: 'running' | 'paused';
  /** Resolves once the process is gone and written off. */
  ended: Promise<void>;
  /** Told the id of each device that the guest has let go of. */
  released: Set<(device: string) => void>;
  /** Told how far the memory is on its way, out or in. */
  migrations: Set<(status: string) => void>;
  /** Told whenever one of QEMU's jobs has become something else. */
  jobs: Set<() => void>;
  /** Ends the conversation and nothing else. */
  release: () => void;
}

/** A QEMU that hung up is given this long to finish its process. */
const farewellMs = 1_000;

/**
 * Takes charge of a running guest: its events become ours, and when it hangs up it is seen to
 * its end. Sets `known.live` until then.
 */
export async function takeCharge(
  host: QemuHost,
  known: KnownGuest,
  process: ProcessIdentity,
  qmp: QmpClient,
): Promise<void> {
  let released = false;
  let lastWords = 'died';
  let whyStopped = 'stop';
  const panic = watchPanic(host, known.folder, process, qmp);
  const ended = qmp.closed.then(async () => {
    if (released) return;
    await seeToItsEnd(host, known, process, panic.isPanicking ? 'guest-panic' : lastWords);
  });
  const live: LiveGuest = {
    process,
    qmp,
    power: 'running',
    ended,
    released: new Set(),
    migrations: new Set(),
    jobs: new Set(),
    release: () => {
      released = true;
      qmp.close();
    },
  };
  qmp.onEvent((event) => {
    if (panic.take(event)) return;
    if (event.name === 'SHUTDOWN') lastWords = textMember(event.data, 'reason') ?? lastWords;
    if (event.name === 'DEVICE_DELETED') {
      const device = textMember(event.data, 'device');
      if (device !== undefined) for (const tell of live.released) tell(device);
    }
    if (event.name === 'MIGRATION') {
      const status = textMember(event.data, 'status') ?? '';
      for (const tell of live.migrations) tell(status);
    }
    if (event.name === 'JOB_STATUS_CHANGE') for (const tell of live.jobs) tell();
    // Comes just before the stop that it causes, which does not say why.
    if (event.name === 'BLOCK_IO_ERROR' && event.data.action === 'stop') whyStopped = 'io-error';
    const change = readChange(event, whyStopped);
    if (!change) return;
    whyStopped = 'stop';
    if (change.kind !== 'reset') live.power = change.kind === 'paused' ? 'paused' : 'running';
    host.emit({ guestId: known.folder.guestId, ...change });
  });
  known.live = live;
  const status = textMember(await qmp.execute('query-status'), 'status');
  const hasPanicked = status === 'guest-panicked';
  if (hasPanicked) panic.begin();
  live.power = status === 'running' || hasPanicked ? 'running' : 'paused';
}

function readChange(event: QmpEvent, whyStopped: string): Omit<GuestEvent, 'guestId'> | undefined {
  if (event.name === 'STOP') return { kind: 'paused', reason: whyStopped };
  if (event.name === 'RESUME') return { kind: 'resumed', reason: 'resume' };
  // A reset that we asked for is no news.
  const isReset = event.name === 'RESET' && event.data.guest === true;
  return isReset
    ? { kind: 'reset', reason: textMember(event.data, 'reason') ?? 'reset' }
    : undefined;
}

async function seeToItsEnd(
  host: QemuHost,
  known: KnownGuest,
  process: ProcessIdentity,
  reason: string,
): Promise<void> {
  const gone = await until(host.clock, farewellMs, 2, () => !isAlive(process));
  if (!gone) {
    // It hung up and goes on: nobody could ever command it again, so it may not run.
    host.log.error({ guestId: known.folder.guestId }, 'guest hung up and was killed');
    killProcess(process);
    await until(host.clock, farewellMs, 10, () => !isAlive(process));
  }
  const { guestId } = known.folder;
  try {
    await writeRecord(known.folder, { userId: known.userId, starting: false, process: null });
  } catch (error) {
    // The record only saves time: the next reader sees that the process is gone.
    host.log.warn({ guestId, error: String(error) }, 'end of a guest could not be recorded');
  }
  known.live = undefined;
  host.emit({ guestId, kind: 'stopped', reason });
}
