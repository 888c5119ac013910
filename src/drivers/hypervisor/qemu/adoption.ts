import { until } from './deadline.ts';
import { type GuestFolder, guestFolders, readRecord } from './guest-folder.ts';
import type { KnownGuest, QemuHost } from './host.ts';
import { takeCharge } from './live-guest.ts';
import { sockets } from './process/command-line.ts';
import {
  isAlive,
  killProcess,
  type ProcessIdentity,
  processesByGuest,
} from './process/host-process.ts';
import { closeRun } from './process/launch.ts';
import { connectQmp } from './qmp/connect.ts';
import { hasSavedMemory } from './suspend/saved-memory.ts';

/** A healthy QEMU answers in milliseconds, on the busiest host within this. */
const adoptionTimeoutMs = 15_000;

/** Reads all guest folders and takes charge of the guests that run. */
export async function adoptGuests(host: QemuHost): Promise<void> {
  const processes = processesByGuest(host.guestsFolder);
  const folders = await guestFolders(host.guestsFolder);
  await Promise.all(
    folders.map((folder) => adoptGuest(host, folder, processes.get(folder.guestId) ?? [])),
  );
}

async function adoptGuest(
  host: QemuHost,
  folder: GuestFolder,
  processes: ProcessIdentity[],
): Promise<void> {
  const record = await readRecord(folder);
  const isSaved = await hasSavedMemory(folder);
  const known: KnownGuest = { folder, userId: record?.userId ?? null, live: undefined, isSaved };
  host.guests.set(folder.guestId, known);
  const written = record?.process;
  // A host may hide where the processes of others stand; then the record has to do.
  if (processes.length === 0 && written && isAlive(written)) processes.push(written);
  const [process, ...more] = processes;
  if (!process) return;
  try {
    // Two processes are a start that was interrupted and repeated; neither got far.
    if (more.length > 0) throw new Error('several processes for one guest');
    const qmp = await connectQmp(host.clock, folder.run, sockets.qmp, adoptionTimeoutMs);
    await closeRun(folder, known.userId);
    await takeCharge(host, known, process, qmp);
    host.log.info({ guestId: folder.guestId, pid: process.pid }, 'guest adopted');
  } catch (error) {
    const facts = { guestId: folder.guestId, error: String(error) };
    host.log.error(facts, 'guest could not be adopted and was killed');
    await killAll(host, processes);
  }
}

/** Kills what an interrupted start may have left of this guest. */
export async function killStrays(host: QemuHost, guestId: string): Promise<void> {
  await killAll(host, processesByGuest(host.guestsFolder).get(guestId) ?? []);
}

async function killAll(host: QemuHost, processes: ProcessIdentity[]): Promise<void> {
  for (const process of processes) killProcess(process);
  const gone = await until(host.clock, 5_000, 5, () => !processes.some(isAlive));
  if (!gone) throw new Error('a process of a guest outlives SIGKILL');
}
