import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bases } from './bases.ts';
import { removeFiles, sortedNames, syncFolder } from './durable.ts';
import { type Folders, fileName } from './folders.ts';

interface Store {
  folders: Folders;
  bases: Bases;
}

const rootDisk = 'qcow2';
const configDrive = 'iso';

/** Ends of the names of a server's disks: those in use, or those that were put aside. */
async function ends(folders: Folders, diskId: string, isAside: boolean): Promise<string[]> {
  const start = startOf(diskId, isAside);
  const names = await sortedNames(folders.disks);
  const own = names
    .filter((name) => name.startsWith(start))
    .map((name) => name.slice(start.length));
  return own.filter((end) => /^(qcow2|iso|(?!aside\.)[A-Za-z0-9_-]+\.raw)$/.test(end));
}

function startOf(diskId: string, isAside: boolean): string {
  return `${fileName(diskId)}.${isAside ? 'aside.' : ''}`;
}

export async function asidePaths(folders: Folders, diskId: string): Promise<string[]> {
  const start = startOf(diskId, true);
  return (await ends(folders, diskId, true)).map((end) => join(folders.disks, `${start}${end}`));
}

export async function putDisksAside(
  { folders }: Store,
  diskId: string,
  keepsBlankDisks: boolean,
): Promise<void> {
  const already = await ends(folders, diskId, true);
  for (const end of await ends(folders, diskId, false)) {
    const isBlank = end !== rootDisk && end !== configDrive;
    if (already.includes(end) || (isBlank && keepsBlankDisks)) continue;
    await rename(
      join(folders.disks, `${startOf(diskId, false)}${end}`),
      join(folders.disks, `${startOf(diskId, true)}${end}`),
    );
  }
  await syncFolder(folders.disks);
}

/** The root disk comes back last: as long as it is aside, all of this can be done again. */
export async function bringDisksBack({ folders }: Store, diskId: string): Promise<void> {
  const aside = await ends(folders, diskId, true);
  if (!aside.includes(rootDisk)) return;
  const now = startOf(diskId, false);
  if (!aside.includes(configDrive)) {
    await removeFiles(folders.disks, [join(folders.disks, `${now}${configDrive}`)]);
  }
  const inOrder = [...aside.filter((end) => end !== rootDisk), rootDisk];
  for (const end of inOrder) {
    await rename(
      join(folders.disks, `${startOf(diskId, true)}${end}`),
      join(folders.disks, `${now}${end}`),
    );
    await syncFolder(folders.disks);
  }
}

export async function dropDisksAside(store: Store, diskId: string): Promise<void> {
  const paths = await asidePaths(store.folders, diskId);
  if (paths.length === 0) return;
  await removeFiles(store.folders.disks, paths);
  // What they lay on may be all that was left of a deleted image.
  await store.bases.sweep();
}
