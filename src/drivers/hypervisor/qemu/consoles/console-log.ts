import { constants, fstatSync, ftruncateSync } from 'node:fs';
import { type FileHandle, open, rename, writeFile } from 'node:fs/promises';
import type { GuestFolder } from '../guest-folder.ts';

/** What a reader of the console gets at most, from the end. */
export const consoleKeptBytes = 1024 * 1024;
/** What stays of QEMU's own complaints. */
const qemuLogKeptBytes = 256 * 1024;
/** How often a cut waits for a guest that writes while its log is being cut. */
const maxPasses = 3;

/** All that is kept of the guest's serial output, oldest first; empty when it never ran. */
export async function readConsole(folder: GuestFolder): Promise<string> {
  const before = await readTail(folder.consoleBefore, consoleKeptBytes);
  const now = await readTail(folder.consoleLog, consoleKeptBytes);
  return Buffer.concat([before, now]).subarray(-consoleKeptBytes).toString();
}

/** The last lines QEMU wrote about itself, for a message to a human. */
export async function readComplaints(folder: GuestFolder, fromByte: number): Promise<string> {
  const tail = await readTail(folder.qemuLog, 8192, fromByte);
  return tail.toString().trim().slice(-2000);
}

/**
 * Moves the console aside once it is long, so that the two files never hold much more than what
 * is kept. QEMU appends, so it goes on at the new end of the file.
 */
export async function boundLogs(folder: GuestFolder): Promise<void> {
  await truncateLong(folder.consoleLog, consoleKeptBytes, (tail) =>
    replaceFile(folder.consoleBefore, tail),
  );
  await truncateLong(folder.qemuLog, qemuLogKeptBytes, async () => undefined);
}

async function truncateLong(
  path: string,
  maxBytes: number,
  keep: (tail: Buffer) => Promise<void>,
): Promise<void> {
  const file = await openExisting(path, constants.O_RDWR);
  if (!file) return;
  try {
    let { size } = await file.stat();
    if (size <= maxBytes) return;
    let tail = await readRange(file, Math.max(0, size - maxBytes), size);
    await keep(tail);
    // What the guest wrote meanwhile is taken too. A guest that never stops writing gets a gap.
    for (let pass = 0; pass < maxPasses && fstatSync(file.fd).size > size; pass += 1) {
      const grown = fstatSync(file.fd).size;
      const more = await readRange(file, Math.max(size, grown - maxBytes), grown);
      tail = Buffer.concat([tail, more]).subarray(-maxBytes);
      size = grown;
      await keep(tail);
    }
    ftruncateSync(file.fd, 0);
  } finally {
    await file.close();
  }
}

async function replaceFile(path: string, content: Buffer): Promise<void> {
  await writeFile(`${path}.next`, content, { mode: 0o600 });
  await rename(`${path}.next`, path);
}

/** Opens for appending, and makes the file where it is missing. */
export function openForAppending(path: string): Promise<FileHandle> {
  const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT;
  return open(path, flags | constants.O_NOFOLLOW, 0o600);
}

async function readTail(path: string, maxBytes: number, fromByte = 0): Promise<Buffer> {
  const file = await openExisting(path, constants.O_RDONLY);
  if (!file) return Buffer.alloc(0);
  try {
    const { size } = await file.stat();
    return await readRange(file, Math.max(fromByte, size - maxBytes), size);
  } finally {
    await file.close();
  }
}

async function readRange(file: FileHandle, start: number, end: number): Promise<Buffer> {
  const bytes = Buffer.alloc(Math.max(0, end - start));
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
  return bytes.subarray(0, bytesRead);
}

async function openExisting(path: string, flags: number): Promise<FileHandle | undefined> {
  try {
    return await open(path, flags | constants.O_NOFOLLOW);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
