import { type FileHandle, open, readFile, rename, rm, statfs } from 'node:fs/promises';
import type { GuestFolder } from '../guest-folder.ts';

/** A host whose disk is full to the last byte is of no use to anyone. */
const spareBytes = 64 * 1024 * 1024;

/**
 * Where the memory of a suspended guest is. `saved` is whole, and of a guest that has not run
 * since; before it runs again the file becomes `taken`, so that its memory is never put beside
 * disks that have gone on without it. `next` is not whole.
 */
export function memoryFiles({ path }: GuestFolder) {
  const saved = `${path}/memory.saved`;
  return {
    saved,
    next: `${path}/memory.next`,
    taken: `${path}/memory.taken`,
    /** What the guest is made of, without which its memory means nothing. */
    hardware: `${path}/hardware.json`,
  };
}

export async function hasSavedMemory(folder: GuestFolder): Promise<boolean> {
  const file = await openMemory(folder).catch(() => undefined);
  await file?.close();
  return file !== undefined;
}

/** Ours alone: QEMU gets it as a descriptor. */
export function openMemory(folder: GuestFolder): Promise<FileHandle> {
  return open(memoryFiles(folder).saved, 'r');
}

/** A new empty file for the memory; throws where a guest of that size could not be kept. */
export async function beginMemory(folder: GuestFolder, sizeBytes: number): Promise<FileHandle> {
  const { next } = memoryFiles(folder);
  await rm(next, { force: true });
  const { bavail, bsize } = await statfs(folder.path);
  if (bavail * bsize < sizeBytes + spareBytes) {
    throw new Error('this host has no room for the memory of the guest');
  }
  return open(next, 'wx', 0o600);
}

/** From here on the guest is suspended, whatever becomes of us or of the host. */
export async function commitMemory(folder: GuestFolder, hardware: string[]): Promise<void> {
  const files = memoryFiles(folder);
  await writeDurably(files.hardware, JSON.stringify(hardware));
  await rename(files.next, files.saved);
  await syncFolder(folder.path);
}

export async function readHardware(folder: GuestFolder): Promise<string[]> {
  return JSON.parse(await readFile(memoryFiles(folder).hardware, 'utf8')) as string[];
}

/** From here on the guest has run again, whatever becomes of us or of the host. */
export async function takeMemory(folder: GuestFolder): Promise<void> {
  const files = memoryFiles(folder);
  await rename(files.saved, files.taken);
  await syncFolder(folder.path);
}

export async function discardMemory(folder: GuestFolder): Promise<void> {
  for (const path of Object.values(memoryFiles(folder))) await rm(path, { force: true });
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
