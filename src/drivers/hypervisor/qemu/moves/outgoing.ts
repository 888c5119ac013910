import type { IncomingAddress, MigrationProgress } from '../../live-migration.ts';
import { withDeadline } from '../deadline.ts';
import { hardwareOf as readHardware } from '../hardware/hardware.ts';
import type { KnownGuest, QemuHost } from '../host.ts';
import type { LiveGuest } from '../live-guest.ts';
import { remove } from '../power.ts';
import { textMember } from '../qmp/messages.ts';
import { dropMirrors, endMirrors, mirrorDisks, mirrorJobs, mirrorSocket } from './disk-mirrors.ts';
import { isMoving, moveMemory, stopMoving, tellOfMigration } from './migration.ts';
import { openRelay, type Relay } from './relay.ts';

const outgoingSocket = 'outgoing.sock';
/** What QEMU has said is on the other side within this. */
const drainTimeoutMs = 10_000;

export async function hardwareOf(host: QemuHost, guestId: string): Promise<string[]> {
  const { known, live } = mustLive(host, guestId);
  return readHardware(known.folder, live);
}

function mustLive(host: QemuHost, guestId: string): { known: KnownGuest; live: LiveGuest } {
  const known = host.guests.get(guestId);
  if (!known?.live) throw new Error('the guest is off');
  return { known, live: known.live };
}

/** First the disks, then the memory; before it stands still there, the last writes. */
export async function migrateTo(
  host: QemuHost,
  guestId: string,
  address: IncomingAddress,
  signal?: AbortSignal,
): Promise<void> {
  const { known, live } = mustLive(host, guestId);
  await stopMoving(host, live);
  await dropMirrors(host, live);
  const relays: Relay[] = [];
  try {
    const memory = await openRelay(known, outgoingSocket, address.memory);
    relays.push(memory);
    if (address.disks !== null) {
      relays.push(await openRelay(known, mirrorSocket, address.disks));
      await mirrorDisks(host, live, signal);
    }
    await sendMemory(host, live, signal);
    await withDeadline(host.clock, drainTimeoutMs, 'what was sent', memory.drained());
  } finally {
    for (const relay of relays) await relay.close();
  }
}

async function sendMemory(host: QemuHost, live: LiveGuest, signal?: AbortSignal): Promise<void> {
  await tellOfMigration(live, ['pause-before-switchover'], host.migrationBytesPerSecond);
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  const switchOver = (status: string) => {
    if (status !== 'pre-switchover') return;
    const go = async () => {
      await endMirrors(host, live);
      await live.qmp.execute('migrate-continue', { state: 'pre-switchover' });
    };
    go().catch(failed.reject);
  };
  live.migrations.add(switchOver);
  try {
    const uri = `unix:${outgoingSocket}`;
    const moved = moveMemory(live, signal, () => live.qmp.execute('migrate', { uri }));
    await Promise.race([moved, failed.promise]);
  } finally {
    live.migrations.delete(switchOver);
  }
}

/** A suspended guest is on the disk, wherever its memory went. */
export async function hasLeft(host: QemuHost, guestId: string): Promise<boolean> {
  const known = host.guests.get(guestId);
  if (!known?.live || known.isSaved) return false;
  const answer = await known.live.qmp.execute('query-status');
  return textMember(answer, 'status') === 'postmigrate';
}

export async function migrationProgress(
  host: QemuHost,
  guestId: string,
): Promise<MigrationProgress | undefined> {
  const live = host.guests.get(guestId)?.live;
  if (!live) return undefined;
  const answer = (await live.qmp.execute('query-migrate')) as { ram?: Record<string, number> };
  const jobs = await mirrorJobs(live);
  const isOnItsWay = await isMoving(live);
  if (!isOnItsWay && jobs.length === 0) return undefined;
  const ram = isOnItsWay ? (answer.ram ?? {}) : {};
  const [total, done] = [sum(jobs, 'len'), sum(jobs, 'offset')];
  return {
    memory: {
      totalBytes: ram.total ?? 0,
      processedBytes: ram.transferred ?? 0,
      remainingBytes: ram.remaining ?? 0,
    },
    disk: { totalBytes: total, processedBytes: done, remainingBytes: total - done },
  };
}

function sum(jobs: readonly { len: number; offset: number }[], part: 'len' | 'offset'): number {
  return jobs.reduce((bytes, job) => bytes + Number(job[part]), 0);
}

export async function hastenMigration(host: QemuHost, guestId: string): Promise<void> {
  const live = host.guests.get(guestId)?.live;
  if (!live) return;
  const isOnItsWay = (await isMoving(live)) || (await mirrorJobs(live)).length > 0;
  if (isOnItsWay) await live.qmp.execute('stop');
}

export async function abortMigration(
  host: QemuHost,
  guestId: string,
  power: 'running' | 'paused',
): Promise<void> {
  const live = host.guests.get(guestId)?.live;
  if (!live) return;
  await stopMoving(host, live);
  await dropMirrors(host, live);
  // Also one that had left: its disks are its own again.
  if (power === 'running') await live.qmp.execute('cont');
}

/** Of a guest that ended on the way nothing but its console is left. */
export async function forgetDeparted(host: QemuHost, guestId: string): Promise<void> {
  const known = host.guests.get(guestId);
  if (known && (!known.live || (await hasLeft(host, guestId)))) await remove(host, guestId);
}
