import { chmod } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type DiskLocation, DiskTooSmall, type RootDiskSpec } from '../storage.ts';
import { type Bases, virtualSize } from './bases.ts';
import { blankDiskPaths } from './blank-disks.ts';
import { configDrivePath } from './config-drives.ts';
import { asidePaths } from './disks-aside.ts';
import { fileSize, publishOnce, removeFiles, sortedNames, syncFile } from './durable.ts';
import type { EmptyOverlays } from './empty-overlays.ts';
import { type Folders, fileName } from './folders.ts';
import { formerRootPath } from './former-disks.ts';
import type { Incoming } from './incoming.ts';
import { readQcow2Facts } from './qcow2-header.ts';
import { snapshotPaths } from './snapshots.ts';

const diskMode = 0o600;

interface Store {
  folders: Folders;
  incoming: Incoming;
  bases: Bases;
  overlays: EmptyOverlays;
}

function rootDiskPath(folders: Folders, diskId: string): string {
  return join(folders.disks, `${fileName(diskId)}.qcow2`);
}

export async function createRootDisk(store: Store, disk: RootDiskSpec): Promise<DiskLocation> {
  const { folders } = store;
  const path = rootDiskPath(folders, disk.diskId);
  if ((await fileSize(path)) === undefined) await makeOverlay(store, disk, path);
  const { backingFile } = await readQcow2Facts(path);
  // Somebody may have taken away what it lies on: an image is the same whenever it is fetched.
  if (backingFile !== undefined && basename(backingFile) === fileName(disk.imageId)) {
    await store.bases.with(disk.imageId, async () => undefined);
  }
  const backing = backingFile === undefined ? [] : [join(folders.disks, backingFile)];
  return { kind: 'file', path, format: 'qcow2', readOnly: false, backing };
}

async function makeOverlay(store: Store, disk: RootDiskSpec, path: string): Promise<void> {
  await store.bases.with(disk.imageId, async (base) => {
    const imageBytes = await virtualSize(base, disk.imageFormat);
    const sizeBytes = disk.sizeBytes === 0 ? imageBytes : disk.sizeBytes;
    if (sizeBytes < imageBytes) throw new DiskTooSmall(sizeBytes, imageBytes);
    await store.incoming.with(async (incomingPath) => {
      const facts = { base: fileName(disk.imageId), baseFormat: disk.imageFormat, sizeBytes };
      await store.overlays.write(incomingPath, facts);
      await chmod(incomingPath, diskMode);
      await syncFile(incomingPath);
      await publishOnce(incomingPath, path);
    });
  });
}

export async function deleteDisks(store: Store, diskId: string): Promise<void> {
  const { folders } = store;
  const path = rootDiskPath(folders, diskId);
  const base = await baseOf(path);
  const blanks = await blankDiskPaths(folders, diskId);
  const aside = await asidePaths(folders, diskId);
  const further = [...aside, ...blanks, ...(await snapshotPaths(folders, diskId))];
  const others = [formerRootPath(folders, diskId), configDrivePath(folders, diskId), ...further];
  await removeFiles(folders.disks, [path, ...others]);
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

export async function rootDiskIds(folders: Folders): Promise<string[]> {
  const names = await sortedNames(folders.disks);
  return names.flatMap((name) => /^([^.]+)\.qcow2$/.exec(name)?.[1] ?? []);
}

export async function diskIds(folders: Folders): Promise<string[]> {
  const names = await sortedNames(folders.disks);
  return [...new Set(names.map((name) => name.replace(/\..*$/, '')))];
}
