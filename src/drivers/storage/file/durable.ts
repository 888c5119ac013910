import { link, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes the folder's names durable: a rename alone may be forgotten by a power cut. */
export async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r');
  await folder.sync();
}

/** Makes durable what another program wrote. */
export async function syncFile(path: string): Promise<void> {
  await using file = await open(path, 'r');
  await file.sync();
}

/** Gives a finished file its name, replacing an older one of that name. */
export async function publish(incomingPath: string, path: string): Promise<void> {
  await rename(incomingPath, path);
  await syncFolder(dirname(path));
}

/** Gives a finished file its name unless another has it; that one is then left as it is. */
export async function publishOnce(incomingPath: string, path: string): Promise<void> {
  await linkUnlessThere(incomingPath, path);
  await rm(incomingPath, { force: true });
}

/** A second name for a file, durable; a file that already has the name keeps it. */
export async function linkUnlessThere(existingPath: string, path: string): Promise<void> {
  try {
    await link(existingPath, path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  await syncFolder(dirname(path));
}

/** Removes the files that are there; durable when it resolves. */
export async function removeFiles(folder: string, paths: string[]): Promise<void> {
  for (const path of paths) await rm(path, { force: true });
  await syncFolder(folder);
}

/** Bytes of the file, or undefined when there is none. */
export async function fileSize(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

export async function sortedNames(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort();
}

/** The system's name for what went wrong, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
