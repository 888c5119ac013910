import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessIdentity } from './process/host-process.ts';

/** What must survive us about a guest; the rest is found by asking its QEMU. */
export interface GuestRecord {
  /** The user and group number that only this guest's process has; null when not root. */
  userId: number | null;
  /** Written before a process is started, so that an interrupted start is noticed. */
  starting: boolean;
  process: ProcessIdentity | null;
}

/** Where the things of one guest are. Only `run` is ever the guest's own. */
export interface GuestFolder {
  guestId: string;
  path: string;
  /** Working folder of its QEMU, with the sockets. */
  run: string;
  record: string;
  /** The command its QEMU was started by, word by word. */
  command: string;
  consoleLog: string;
  /** The older part of the console, cut from `consoleLog` when it grew. */
  consoleBefore: string;
  /** What QEMU itself complained about. */
  qemuLog: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Throws for an id that is not a lower-case UUID: it becomes a path. */
export function guestFolder(guestsFolder: string, guestId: string): GuestFolder {
  if (!uuid.test(guestId)) throw new Error(`guest id ${JSON.stringify(guestId)} is not a UUID`);
  const path = join(guestsFolder, guestId);
  return {
    guestId,
    path,
    run: join(path, 'run'),
    record: join(path, 'guest.json'),
    command: join(path, 'command.json'),
    consoleLog: join(path, 'console.log'),
    consoleBefore: join(path, 'console-before.log'),
    qemuLog: join(path, 'qemu.log'),
  };
}

/** All guests with a folder. */
export async function guestFolders(guestsFolder: string): Promise<GuestFolder[]> {
  await mkdir(guestsFolder, { recursive: true, mode: 0o700 });
  const names = await readdir(guestsFolder);
  return names.filter((name) => uuid.test(name)).map((name) => guestFolder(guestsFolder, name));
}

/** Undefined when the guest was never started as far as its first record. */
export async function readRecord(folder: GuestFolder): Promise<GuestRecord | undefined> {
  try {
    return JSON.parse(await readFile(folder.record, 'utf8')) as GuestRecord;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Replaces the record as a whole; a reader sees the old one or the new one. */
export async function writeRecord(folder: GuestFolder, record: GuestRecord): Promise<void> {
  const next = `${folder.record}.next`;
  await writeFile(next, JSON.stringify(record), { mode: 0o600 });
  await rename(next, folder.record);
}

/** Removes the folder; symbolic links in it are removed, not followed. */
export async function removeFolder(folder: GuestFolder): Promise<void> {
  await rm(folder.path, { recursive: true, force: true });
}

/** Numbers from here on belong to no distribution's users, containers or sub-user ranges. */
const firstUserId = 1_900_000_000;
const userIdCount = 200_000_000;

/**
 * A user number for the guest that is not in `taken`. It is drawn from the guest's id, so that
 * two clouds on one host do not begin with the same numbers.
 */
export function chooseUserId(guestId: string, taken: ReadonlySet<number>): number {
  let offset = createHash('sha256').update(guestId).digest().readUInt32BE() % userIdCount;
  while (taken.has(firstUserId + offset)) offset = (offset + 1) % userIdCount;
  return firstUserId + offset;
}
