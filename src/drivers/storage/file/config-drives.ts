import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskLocation } from '../storage.ts';
import { writeConfigDrive } from './config-drive.ts';
import { fileSize, publishOnce, syncFile } from './durable.ts';
import { type Folders, fileName } from './folders.ts';
import type { Incoming } from './incoming.ts';

const diskMode = 0o600;

interface Store {
  folders: Folders;
  incoming: Incoming;
}

export function configDrivePath(folders: Folders, diskId: string): string {
  return join(folders.disks, `${fileName(diskId)}.iso`);
}

export async function createConfigDrive(
  store: Store,
  diskId: string,
  files: Record<string, Uint8Array>,
): Promise<DiskLocation> {
  const path = configDrivePath(store.folders, diskId);
  await makeOnce(store, path, (incomingPath) =>
    store.incoming.with((folder) => writeConfigDrive(folder, files, incomingPath)),
  );
  return { kind: 'file', path, format: 'raw', readOnly: true, backing: [] };
}

export async function exportConfigDrive(
  { folders }: Store,
  diskId: string,
): Promise<Uint8Array | undefined> {
  const path = configDrivePath(folders, diskId);
  return (await fileSize(path)) === undefined ? undefined : readFile(path);
}

export async function importConfigDrive(
  store: Store,
  diskId: string,
  drive: Uint8Array,
): Promise<void> {
  const path = configDrivePath(store.folders, diskId);
  await makeOnce(store, path, (incomingPath) => writeFile(incomingPath, drive));
}

async function makeOnce(
  { incoming }: Store,
  path: string,
  make: (incomingPath: string) => Promise<void>,
): Promise<void> {
  if ((await fileSize(path)) !== undefined) return;
  await incoming.with(async (incomingPath) => {
    await make(incomingPath);
    await chmod(incomingPath, diskMode);
    await syncFile(incomingPath);
    await publishOnce(incomingPath, path);
  });
}
