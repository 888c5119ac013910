import type { GuestSpec } from '../hypervisor.ts';
import { killStrays } from './adoption.ts';
import { DeadlineExceeded, until, withDeadline } from './deadline.ts';
import { chooseUserId, guestFolder, removeFolder } from './guest-folder.ts';
import type { KnownGuest, QemuHost } from './host.ts';
import { type LiveGuest, takeCharge } from './live-guest.ts';
import { isAlive, killProcess } from './process/host-process.ts';
import { launch } from './process/launch.ts';
import { discardMemory } from './suspend/saved-memory.ts';

/** QEMU flushes the disks before it quits; after this the cord is pulled. */
const quitTimeoutMs = 3_000;
const pressTimeoutMs = 5_000;

export async function powerOn(
  host: QemuHost,
  guest: GuestSpec,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const known = knowGuest(host, guest.id);
  if (known.live) return;
  await killStrays(host, guest.id);
  // Its disks go on without it: what was kept fits nothing any more.
  await forget(known);
  const { process, qmp } = await launch(host, known, guest, signal);
  await takeCharge(host, known, process, qmp);
}

export function knowGuest(host: QemuHost, guestId: string): KnownGuest {
  const found = host.guests.get(guestId);
  if (found) {
    // Whether guests get users of their own may have changed since it last ran.
    const { ownUser } = host.probe.confinement;
    found.userId = ownUser ? (found.userId ?? newUserId(host, guestId)) : null;
    return found;
  }
  const folder = guestFolder(host.guestsFolder, guestId);
  const known = { folder, userId: newUserId(host, guestId), live: undefined, isSaved: false };
  host.guests.set(guestId, known);
  return known;
}

function newUserId(host: QemuHost, guestId: string): number | null {
  if (!host.probe.confinement.ownUser) return null;
  const taken = new Set<number>();
  for (const { userId } of host.guests.values()) if (userId !== null) taken.add(userId);
  return chooseUserId(guestId, taken);
}

/** A QEMU that is late takes it later; of one that never does the guest is ended by force. */
export async function pressPowerButton(host: QemuHost, guestId: string): Promise<void> {
  const qmp = host.guests.get(guestId)?.live?.qmp;
  await qmp?.execute('system_powerdown', undefined, pressTimeoutMs).catch((error: unknown) => {
    if (!(error instanceof DeadlineExceeded)) throw error;
  });
}

export async function waitForOff(
  host: QemuHost,
  guestId: string,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<boolean> {
  signal?.throwIfAborted();
  const live = host.guests.get(guestId)?.live;
  if (!live) return true;
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const end = Promise.race([live.ended, aborted.promise]);
    await withDeadline(host.clock, timeoutMs, 'power-off', end);
    return true;
  } catch (error) {
    if (error instanceof DeadlineExceeded) return false;
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** What a suspended guest kept is lost as well. */
export async function powerOff(host: QemuHost, guestId: string): Promise<void> {
  const known = host.guests.get(guestId);
  if (known?.live) await endProcess(host, known.live);
  if (known) await forget(known);
}

async function forget(known: KnownGuest): Promise<void> {
  await discardMemory(known.folder);
  known.isSaved = false;
}

/** Ends the process, gently first. */
export async function endProcess(host: QemuHost, live: LiveGuest): Promise<void> {
  // QEMU may be gone before it has answered, and that is what we want.
  live.qmp.execute('quit', undefined, quitTimeoutMs).catch(() => undefined);
  const quit = await until(host.clock, quitTimeoutMs, 2, () => !isAlive(live.process));
  if (!quit) killProcess(live.process);
  await live.ended;
}

/** Works for a guest that this driver has never heard of, too: its folder may be left over. */
export async function remove(host: QemuHost, guestId: string): Promise<void> {
  const folder = guestFolder(host.guestsFolder, guestId);
  await powerOff(host, guestId);
  await killStrays(host, guestId);
  await removeFolder(folder);
  host.guests.delete(guestId);
}
