import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { together } from '#base/together.ts';
import type { GuestSpec } from '../../hypervisor.ts';
import type { IncomingAddress } from '../../live-migration.ts';
import { killStrays } from '../adoption.ts';
import type { GuestFolder } from '../guest-folder.ts';
import { portsIn } from '../hardware/hardware.ts';
import type { KnownGuest, QemuHost } from '../host.ts';
import { type LiveGuest, takeCharge } from '../live-guest.ts';
import { endProcess, knowGuest, remove } from '../power.ts';
import { closeRun, launch, openRun } from '../process/launch.ts';
import { textMember } from '../qmp/messages.ts';
import { syncFolder } from '../suspend/saved-memory.ts';
import { disksSocket, offerDisks, stopOffering } from './disk-mirrors.ts';
import { tellOfMigration } from './migration.ts';

const incomingSocket = 'incoming.sock';
/** What the one side has sent the other one has read within this. */
const arrivalTimeoutMs = 10_000;
/** Five calls to the switches within half a second: one of them may be lost. */
const announcement = { initial: 50, max: 200, rounds: 5, step: 50 };

/** As long as this is there, the guest has not run here. */
const markOf = (folder: GuestFolder) => join(folder.path, 'arriving');

async function isArriving({ folder }: KnownGuest): Promise<boolean> {
  const found = await stat(markOf(folder)).catch(() => undefined);
  return found !== undefined;
}

async function markArriving(folder: GuestFolder): Promise<void> {
  await mkdir(folder.path, { recursive: true, mode: 0o700 });
  await writeFile(markOf(folder), '', { mode: 0o600 });
  await syncFolder(folder.path);
}

export async function prepareIncoming(
  host: QemuHost,
  guest: GuestSpec,
  hardware: readonly string[],
  copiesDisks: boolean,
  signal?: AbortSignal,
): Promise<IncomingAddress> {
  signal?.throwIfAborted();
  const known = knowGuest(host, guest.id);
  const { folder, userId } = known;
  if (known.live && !(await isArriving(known))) throw new Error('the guest runs here');
  if (known.live) await endProcess(host, known.live);
  await together([killStrays(host, guest.id), markArriving(folder)]);
  const had = portsIn(hardware);
  const missing = had.find((portId) => !guest.nics.some((nic) => nic.portId === portId));
  if (missing) throw new Error(`the network card of port ${missing} has no wire here`);
  const nics = guest.nics.filter((nic) => had.includes(nic.portId));
  const coming = { memory: null, hardware };
  const { process, qmp } = await launch(host, known, { ...guest, nics }, signal, coming);
  await takeCharge(host, known, process, qmp);
  const { live } = known;
  if (!live) throw new Error('QEMU ended before the guest came');
  await openRun(folder, userId);
  // QEMU takes one command after the other, and need not wait for us in between.
  await together([tellOfMigration(live), copiesDisks ? offerDisks(live) : Promise.resolve()]);
  await live.qmp.execute('migrate-incoming', { uri: `unix:${incomingSocket}` });
  await closeRun(folder, userId);
  const disks = copiesDisks ? join(folder.run, disksSocket) : null;
  return { memory: join(folder.run, incomingSocket), disks };
}

export async function hasArrived(host: QemuHost, guestId: string): Promise<boolean> {
  const known = host.guests.get(guestId);
  if (!known?.live || !(await isArriving(known))) return false;
  return (await wholeGuest(host, known)) !== undefined;
}

/** The side it left is done before this one is: what is still between them is waited for. */
async function wholeGuest(host: QemuHost, known: KnownGuest): Promise<LiveGuest | undefined> {
  const endMs = host.clock.nowMs() + arrivalTimeoutMs;
  while (known.live && (await isAwaited(known.live))) {
    if (host.clock.nowMs() >= endMs) return undefined;
    await host.clock.sleep(10);
  }
  return known.live;
}

async function isAwaited(live: LiveGuest): Promise<boolean> {
  // A QEMU that could not read what came ends.
  const answer = await live.qmp.execute('query-status').catch(() => undefined);
  return textMember(answer, 'status') === 'inmigrate';
}

export async function completeIncoming(
  host: QemuHost,
  guestId: string,
  power: 'running' | 'paused',
): Promise<void> {
  const known = host.guests.get(guestId);
  const live = known && (await wholeGuest(host, known));
  if (!live) throw new Error('the guest has not arrived');
  const { folder } = known;
  await together([stopOffering(live), rm(markOf(folder), { force: true })]);
  await syncFolder(folder.path);
  if (power === 'running') await live.qmp.execute('cont');
  // Switches learn from what they hear where the guest is now.
  await live.qmp.execute('announce-self', announcement);
  const sockets = [incomingSocket, disksSocket].map((name) => join(folder.run, name));
  await together(sockets.map((path) => rm(path, { force: true })));
}

export async function dropIncoming(host: QemuHost, guestId: string): Promise<void> {
  const known = host.guests.get(guestId);
  if (known && (await isArriving(known))) await remove(host, guestId);
}
