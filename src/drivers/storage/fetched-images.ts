import type { Readable } from 'node:stream';
import { ImageNotStored, type RootDiskSpec, type StorageDriver } from './storage.ts';

/** Gives an image's data as a stream of bytes. Throws ImageNotStored. */
export type ImageSource = (imageId: string) => Promise<Readable>;

/** The copy may be given up between its arrival and its use, by the last disk that lay on it. */
const mostAttempts = 3;

/**
 * The disks of a host that has no images: it fetches what a disk is made from when it is first
 * needed, and keeps it only as long as a disk lies on it.
 */
export function withFetchedImages(
  disks: StorageDriver,
  fetch: ImageSource,
  maxBytes: number,
): StorageDriver {
  const arriving = new Map<string, Promise<void>>();
  const arrive = async (imageId: string) => {
    await disks.writeImage(imageId, await fetch(imageId), maxBytes);
  };
  /** Many disks that are made at once wait for one copy. */
  const fetchOnce = (imageId: string) => {
    const known = arriving.get(imageId);
    if (known) return known;
    const arrival = arrive(imageId).finally(() => arriving.delete(imageId));
    arriving.set(imageId, arrival);
    return arrival;
  };
  const make = async (disk: RootDiskSpec, attempt: number) => {
    try {
      return await disks.createRootDisk(disk);
    } catch (error) {
      if (!(error instanceof ImageNotStored) || attempt >= mostAttempts) throw error;
    }
    await fetchOnce(disk.imageId);
    return make(disk, attempt + 1);
  };
  return {
    ...disks,
    createRootDisk: async (disk) => {
      const made = await make(disk, 1);
      // The disk lies on it by now; for those to come it is there as long as one does.
      const isCopyLeft = (await disks.imageSize(disk.imageId)) !== undefined;
      if (isCopyLeft && !arriving.has(disk.imageId)) await disks.deleteImage(disk.imageId);
      return made;
    },
  };
}
