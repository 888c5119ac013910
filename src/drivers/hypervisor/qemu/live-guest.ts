import type { GuestEvent } from '../hypervisor.ts';
import { until } from './deadline.ts';
import { writeRecord } from './guest-folder.ts';
import type { KnownGuest, QemuHost } from './host.ts';
import { isAlive, killProcess, type ProcessIdentity } from './host-process.ts';
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
  const ended = qmp.closed.then(async () => {
    if (released) return;
    await seeToItsEnd(host, known, process, lastWords);
  });
  const live: LiveGuest = {
    process,
    qmp,
    power: 'running',
    ended,
    released: new Set(),
    release: () => {
      released = true;
      qmp.close();
    },
  };
  qmp.onEvent((event) => {
    if (event.name === 'SHUTDOWN') lastWords = textMember(event.data, 'reason') ?? lastWords;
    if (event.name === 'DEVICE_DELETED') {
      const device = textMember(event.data, 'device');
      if (device !== undefined) for (const tell of live.released) tell(device);
    }
    const change = readChange(event);
    if (!change) return;
    if (change.kind !== 'reset') live.power = change.kind === 'paused' ? 'paused' : 'running';
    host.emit({ guestId: known.folder.guestId, ...change });
  });
  known.live = live;
  const status = textMember(await qmp.execute('query-status'), 'status');
  live.power = status === 'running' ? 'running' : 'paused';
}

function readChange(event: QmpEvent): Omit<GuestEvent, 'guestId'> | undefined {
  const reason = textMember(event.data, 'reason') ?? event.name.toLowerCase();
  if (event.name === 'STOP') return { kind: 'paused', reason };
  if (event.name === 'RESUME') return { kind: 'resumed', reason };
  // A reset that we asked for is no news.
  if (event.name === 'RESET' && event.data.guest === true) return { kind: 'reset', reason };
  return undefined;
}

async function seeToItsEnd(
  host: QemuHost,
  known: KnownGuest,
  process: ProcessIdentity,
  reason: string,
): Promise<void> {
  const gone = await until(host.clock, farewellMs, 10, () => !isAlive(process));
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
