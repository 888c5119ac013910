import { chmod } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { run } from '#base/process.ts';
import { type DiskLocation, DiskTooSmall, type RootDiskSpec } from '../storage.ts';
import { type Bases, virtualSize } from './bases.ts';
import { writeConfigDrive } from './config-drive.ts';
import { fileSize, publishOnce, removeFiles, sortedNames, syncFile } from './durable.ts';
import { type Folders, fileName } from './folders.ts';
import type { Incoming } from './incoming.ts';
import { readQcow2Facts } from './qcow2-header.ts';

const diskMode = 0o600;

interface Store {
  folders: Folders;
  incoming: Incoming;
  bases: Bases;
}

function rootDiskPath(folders: Folders, diskId: string): string {
  return join(folders.disks, `${fileName(diskId)}.qcow2`);
}

function configDrivePath(folders: Folders, diskId: string): string {
  return join(folders.disks, `${fileName(diskId)}.iso`);
}

export async function createRootDisk(store: Store, disk: RootDiskSpec): Promise<DiskLocation> {
  const { folders } = store;
  const path = rootDiskPath(folders, disk.diskId);
  if ((await fileSize(path)) === undefined) await makeOverlay(store, disk, path);
  const { backingFile } = await readQcow2Facts(path);
  const backing = backingFile === undefined ? [] : [join(folders.disks, backingFile)];
  return { kind: 'file', path, format: 'qcow2', readOnly: false, backing };
}

async function makeOverlay(store: Store, disk: RootDiskSpec, path: string): Promise<void> {
  await store.bases.with(disk.imageId, async (base) => {
    const imageBytes = await virtualSize(base, disk.imageFormat);
    const sizeBytes = disk.sizeBytes === 0 ? imageBytes : disk.sizeBytes;
    if (sizeBytes < imageBytes) throw new DiskTooSmall(sizeBytes, imageBytes);
    await store.incoming.with(async (incomingPath) => {
      // Named from its own folder, so that the state directory may be moved as a whole; -u, for
      // neither the image nor its format needs to be looked at again.
      const backing = join('..', 'bases', fileName(disk.imageId));
      const args = ['create', '-q', '-u', '-f', 'qcow2', '-b', backing, '-F', disk.imageFormat];
      await run('qemu-img', [...args, incomingPath, `${sizeBytes}`]);
      await chmod(incomingPath, diskMode);
      await syncFile(incomingPath);
      await publishOnce(incomingPath, path);
    });
  });
}

export async function createConfigDrive(
  store: Store,
  diskId: string,
  files: Record<string, Uint8Array>,
): Promise<DiskLocation> {
  const path = configDrivePath(store.folders, diskId);
  if ((await fileSize(path)) === undefined) await makeConfigDrive(store, files, path);
  return { kind: 'file', path, format: 'raw', readOnly: true, backing: [] };
}

async function makeConfigDrive(store: Store, files: Record<string, Uint8Array>, path: string) {
  await store.incoming.with(async (incomingPath) => {
    await store.incoming.with((folder) => writeConfigDrive(folder, files, incomingPath));
    await chmod(incomingPath, diskMode);
    await syncFile(incomingPath);
    await publishOnce(incomingPath, path);
  });
}

export async function deleteDisks(store: Store, diskId: string): Promise<void> {
  const { folders } = store;
  const path = rootDiskPath(folders, diskId);
  const base = await baseOf(path);
  await removeFiles(folders.disks, [path, configDrivePath(folders, diskId)]);
  // A base whose image is still there costs nothing; of a deleted image it is all that is left.
  const isImageGone =
    base !== undefined && (await fileSize(join(folders.images, base))) === undefined;
  if (isImageGone) await store.bases.sweep();
}

/** Name of the base that a root disk lies on; undefined when there is none to be read. */
async function baseOf(path: string): Promise<string | undefined> {
  try {
    const { backingFile } = await readQcow2Facts(path);
    return backingFile === undefined ? undefined : basename(backingFile);
  } catch {
    // Deleting must also work for what is half there or broken; a later sweep finds the base.
    return undefined;
  }
}

export async function diskIds(folders: Folders): Promise<string[]> {
  const names = await sortedNames(folders.disks);
  return [...new Set(names.map((name) => name.replace(/\.(qcow2|iso)$/, '')))];
}
