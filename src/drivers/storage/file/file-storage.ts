import type { Log } from '#base/log.ts';
import type { StorageDriver } from '../storage.ts';
import { openBases } from './bases.ts';
import { createBlankDisk } from './blank-disks.ts';
import { createConfigDrive, exportConfigDrive, importConfigDrive } from './config-drives.ts';
import { createRootDisk, deleteDisks, diskIds, rootDiskIds } from './disk-files.ts';
import { bringDisksBack, dropDisksAside, putDisksAside } from './disks-aside.ts';
import { EmptyOverlays } from './empty-overlays.ts';
import { exportRootDisk } from './export-disk.ts';
import { makeFolders } from './folders.ts';
import { dropFormerDisks, replaceDisks, restoreDisks } from './former-disks.ts';
import { deleteImage, imageIds, imageSize, readImage, writeImage } from './image-files.ts';
import { openIncoming } from './incoming.ts';
import { keepReceivedDisk, readDisk, receiveDisk } from './moved-disks.ts';
import { dropSnapshot, readSnapshot, takeSnapshot } from './snapshots.ts';

export interface FileStorageOptions {
  /** The driver's folders are made below it; only one process may have them open. */
  stateFolder: string;
  log: Log;
}

/** Images and disks as files of this machine; needs `qemu-img` and `genisoimage`. */
export async function openFileStorage(options: FileStorageOptions): Promise<StorageDriver> {
  const folders = await makeFolders(options.stateFolder);
  const incoming = openIncoming(folders.incoming);
  const bases = openBases(folders, options.log);
  const store = { folders, incoming, bases, overlays: new EmptyOverlays() };
  await incoming.sweep();
  return {
    kind: 'file',
    writeImage: (imageId, data, maxBytes) => writeImage(folders, incoming, imageId, data, maxBytes),
    readImage: (imageId, range) => readImage(folders, imageId, range),
    imageSize: (imageId) => imageSize(folders, imageId),
    cacheImage: (imageId) => bases.cache(imageId),
    deleteImage: async (imageId) => {
      await deleteImage(folders, imageId);
      await bases.sweep();
    },
    imageIds: () => imageIds(folders),
    createRootDisk: (disk) => createRootDisk(store, disk),
    createConfigDrive: (diskId, files) => createConfigDrive(store, diskId, files),
    exportConfigDrive: (diskId) => exportConfigDrive(store, diskId),
    importConfigDrive: (diskId, drive) => importConfigDrive(store, diskId, drive),
    readDisk: (diskId, name, offset, lengthBytes) =>
      readDisk(folders, diskId, name, offset, lengthBytes),
    receiveDisk: (diskId, name, offset, bytes) => receiveDisk(folders, diskId, name, offset, bytes),
    keepReceivedDisk: (diskId, name) => keepReceivedDisk(folders, diskId, name),
    createBlankDisk: (disk) => createBlankDisk(store, disk),
    replaceDisks: (wanted) => replaceDisks(store, wanted),
    restoreDisks: (diskId) => restoreDisks(store, diskId),
    dropFormerDisks: (diskId) => dropFormerDisks(store, diskId),
    putDisksAside: (diskId, keepsBlankDisks) => putDisksAside(store, diskId, keepsBlankDisks),
    bringDisksBack: (diskId) => bringDisksBack(store, diskId),
    dropDisksAside: (diskId) => dropDisksAside(store, diskId),
    exportRootDisk: (diskId, signal) => exportRootDisk(store, diskId, signal),
    takeSnapshot: (snapshot, copyPath, signal) => takeSnapshot(store, snapshot, copyPath, signal),
    readSnapshot: (diskId, snapshotId, offset, lengthBytes) =>
      readSnapshot(store, diskId, snapshotId, offset, lengthBytes),
    dropSnapshot: (diskId, snapshotId) => dropSnapshot(store, diskId, snapshotId),
    deleteDisks: (diskId) => deleteDisks(store, diskId),
    diskIds: () => diskIds(folders),
    rootDiskIds: () => rootDiskIds(folders),
    sweep: async () => {
      await incoming.sweep();
      await bases.sweep();
    },
  };
}
