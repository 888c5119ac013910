import type { Log } from '#base/log.ts';
import type { StorageDriver } from '../storage.ts';
import { openBases } from './bases.ts';
import { createConfigDrive, createRootDisk, deleteDisks, diskIds } from './disk-files.ts';
import { makeFolders } from './folders.ts';
import { deleteImage, imageIds, imageSize, readImage, writeImage } from './image-files.ts';
import { openIncoming } from './incoming.ts';

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
  const store = { folders, incoming, bases };
  await incoming.sweep();
  return {
    kind: 'file',
    writeImage: (imageId, data, maxBytes) => writeImage(folders, incoming, imageId, data, maxBytes),
    readImage: (imageId, range) => readImage(folders, imageId, range),
    imageSize: (imageId) => imageSize(folders, imageId),
    deleteImage: async (imageId) => {
      await deleteImage(folders, imageId);
      await bases.sweep();
    },
    imageIds: () => imageIds(folders),
    createRootDisk: (disk) => createRootDisk(store, disk),
    createConfigDrive: (diskId, files) => createConfigDrive(store, diskId, files),
    deleteDisks: (diskId) => deleteDisks(store, diskId),
    diskIds: () => diskIds(folders),
    sweep: async () => {
      await incoming.sweep();
      await bases.sweep();
    },
  };
}
