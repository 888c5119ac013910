import type { GuestSpec } from '../../hypervisor.ts';
import { killStrays } from '../adoption.ts';
import { hardwareOf, portsIn } from '../hardware/hardware.ts';
import { attachNic } from '../hardware/hot-plug.ts';
import type { KnownGuest, QemuHost } from '../host.ts';
import { type LiveGuest, takeCharge } from '../live-guest.ts';
import { moveMemory, stopMoving, tellOfMigration } from '../moves/migration.ts';
import { endProcess, knowGuest } from '../power.ts';
import { launch, memoryFd } from '../process/launch.ts';
import { memorySocket, receiveMemory } from './memory-socket.ts';
import {
  beginMemory,
  commitMemory,
  discardMemory,
  openMemory,
  readHardware,
  takeMemory,
} from './saved-memory.ts';

/** Memory and devices to the disk, then the process ends; see the contract. */
export async function suspend(
  host: QemuHost,
  guestId: string,
  signal?: AbortSignal,
): Promise<void> {
  const known = host.guests.get(guestId);
  if (known?.isSaved && !known.live) return;
  if (!known?.live) throw new Error('the guest is off');
  if (!known.isSaved) await save(host, known, known.live, signal);
  await endProcess(host, known.live);
}

/** The guest stands still before its memory is read, so that each page is written once. */
async function save(
  host: QemuHost,
  known: KnownGuest,
  live: LiveGuest,
  signal?: AbortSignal,
): Promise<void> {
  await stopMoving(host, live);
  const hardware = await hardwareOf(known.folder, live);
  await live.qmp.execute('stop');
  await tellOfMigration(live);
  const file = await beginMemory(known.folder, await memoryBytes(live));
  try {
    const receiving = await receiveMemory(known, file);
    try {
      const uri = `unix:${memorySocket}`;
      // A disk that takes no more is told by the one, a guest that cannot move by the other.
      await Promise.all([
        moveMemory(live, signal, () => live.qmp.execute('migrate', { uri })),
        receiving.done,
      ]);
    } finally {
      await receiving.close();
    }
    await file.sync();
  } finally {
    await file.close();
  }
  await commitMemory(known.folder, hardware);
  known.isSaved = true;
}

async function memoryBytes(live: LiveGuest): Promise<number> {
  const sizes = (await live.qmp.execute('query-memory-size-summary')) as Record<string, unknown>;
  return Number(sizes['base-memory']) + Number(sizes['plugged-memory'] ?? 0);
}

/** Undoes a suspension that has not come to its end: a guest that has a process runs on. */
export async function keepRunning(host: QemuHost, guestId: string): Promise<void> {
  const known = host.guests.get(guestId);
  if (!known?.live) return;
  await stopMoving(host, known.live);
  await discardMemory(known.folder);
  known.isSaved = false;
  await known.live.qmp.execute('cont');
}

/** Back from the disk, and on; see the contract. */
export async function resume(
  host: QemuHost,
  guest: GuestSpec,
  signal?: AbortSignal,
): Promise<void> {
  const known = knowGuest(host, guest.id);
  // As long as its memory was not taken this guest has not run: an attempt that was cut short.
  if (known.live && known.isSaved) await endProcess(host, known.live);
  if (!known.live && known.isSaved) await restore(host, known, guest, signal);
  if (!known.live) throw new Error('nothing was kept of the guest');
  await known.live.qmp.execute('cont');
  await discardMemory(known.folder);
}

async function restore(
  host: QemuHost,
  known: KnownGuest,
  guest: GuestSpec,
  signal?: AbortSignal,
): Promise<void> {
  const { folder } = known;
  await killStrays(host, guest.id);
  const hardware = await readHardware(folder);
  const had = portsIn(hardware);
  const missing = had.filter((portId) => !guest.nics.some((nic) => nic.portId === portId));
  if (missing.length > 0) throw new Error(`the network card of port ${missing[0]} is gone`);
  const nics = guest.nics.filter((nic) => had.includes(nic.portId));
  const memory = await openMemory(folder);
  try {
    const suspended = { memory, hardware };
    const { process, qmp } = await launch(host, known, { ...guest, nics }, signal, suspended);
    await takeCharge(host, known, process, qmp);
  } finally {
    await memory.close();
  }
  const { live } = known;
  if (!live) throw new Error('QEMU ended before it had its memory');
  try {
    await tellOfMigration(live);
    const uri = `fd:${memoryFd}`;
    await moveMemory(live, signal, () => live.qmp.execute('migrate-incoming', { uri }));
  } catch (error) {
    if (known.live) await endProcess(host, known.live);
    throw error;
  }
  await takeMemory(folder);
  known.isSaved = false;
  for (const nic of guest.nics) if (!nics.includes(nic)) await attachNic(host, guest.id, nic);
}
