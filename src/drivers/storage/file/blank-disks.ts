import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '#base/process.ts';
import type { BlankDiskSpec, DiskLocation } from '../storage.ts';
import { fileSize, publishOnce, sortedNames, syncFile } from './durable.ts';
import { type Folders, fileName } from './folders.ts';
import type { Incoming } from './incoming.ts';

const diskMode = 0o600;

interface Store {
  folders: Folders;
  incoming: Incoming;
}

/** Sparse, so that it takes no more room than what the guest has written. */
export async function createBlankDisk(store: Store, disk: BlankDiskSpec): Promise<DiskLocation> {
  const { diskId, name } = disk;
  const path = blankDiskPath(store.folders, diskId, name);
  if ((await fileSize(path)) === undefined) await makeBlank(store, disk, path);
  return { kind: 'file', path, format: 'raw', readOnly: false, backing: [] };
}

async function makeBlank(store: Store, disk: BlankDiskSpec, path: string): Promise<void> {
  await store.incoming.with(async (incomingPath) => {
    const file = await open(incomingPath, 'wx', diskMode);
    try {
      await file.truncate(disk.sizeBytes);
    } finally {
      await file.close();
    }
    if (disk.content === 'swap-signature') await run('mkswap', ['--', incomingPath]);
    await syncFile(incomingPath);
    await publishOnce(incomingPath, path);
  });
}

export function blankDiskPath(folders: Folders, diskId: string, name: string): string {
  return join(folders.disks, `${fileName(diskId)}.${fileName(name)}.raw`);
}

/** Names of the blank disks of a server whose files end like this. */
export async function ownBlankDisks(
  folders: Folders,
  diskId: string,
  end = '.raw',
): Promise<string[]> {
  const start = `${fileName(diskId)}.`;
  const names = await sortedNames(folders.disks);
  return names
    .filter((name) => name.startsWith(start) && name.endsWith(end))
    .map((name) => name.slice(start.length, -end.length))
    .filter((name) => !name.includes('.'));
}

/** Paths of all blank disks of a server, former ones too. */
export async function blankDiskPaths(folders: Folders, diskId: string): Promise<string[]> {
  const start = `${fileName(diskId)}.`;
  const names = await sortedNames(folders.disks);
  const own = names.filter((name) => name.startsWith(start) && name.endsWith('.raw'));
  return own.map((name) => join(folders.disks, name));
}
