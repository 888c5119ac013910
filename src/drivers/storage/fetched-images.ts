import type { Readable } from 'node:stream';
import type { Clock } from '#base/clock.ts';
import { limits } from '#base/limits.ts';
import { ImageNotStored, type RootDiskSpec, type StorageDriver } from './storage.ts';

/** Gives an image's data as a stream of bytes. Throws ImageNotStored. */
export type ImageSource = (imageId: string) => Promise<Readable>;

/** The copy may be given up between its arrival and its use, by the last disk that lay on it. */
const mostAttempts = 3;

interface FetchingOptions {
  fetch: ImageSource;
  /** Of one image. */
  maxBytes: number;
  clock: Clock;
}

/**
 * The disks of a host that has no images: it fetches what a disk is made from when it is first
 * needed, and keeps it as long as a disk lies on it; also for a while after one was made, as Nova
 * does, for servers that come back. A sweep gives up what nobody needed any more.
 */
export function withFetchedImages(
  disks: StorageDriver,
  { fetch, maxBytes, clock }: FetchingOptions,
): StorageDriver {
  const arriving = new Map<string, Promise<void>>();
  const usedMs = new Map<string, number>();
  const use = (imageId: string) => usedMs.set(imageId, clock.nowMs());
  const arrive = async (imageId: string) => {
    await disks.writeImage(imageId, await fetch(imageId), maxBytes);
    use(imageId);
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
  const forgetOld = () => {
    const beforeMs = clock.nowMs() - limits.fetchedImageKeptMs;
    for (const [imageId, lastMs] of usedMs) if (lastMs <= beforeMs) usedMs.delete(imageId);
  };
  return {
    ...disks,
    cacheImage: async (imageId) => {
      try {
        await disks.cacheImage(imageId);
      } catch (error) {
        if (!(error instanceof ImageNotStored)) throw error;
        await fetchOnce(imageId);
      }
      use(imageId);
    },
    createRootDisk: async (disk) => {
      const made = await make(disk, 1);
      use(disk.imageId);
      return made;
    },
    sweep: async () => {
      forgetOld();
      const copies = await disks.imageIds();
      const isWanted = (imageId: string) => usedMs.has(imageId) || arriving.has(imageId);
      // Where a disk lies on one, that keeps its bytes.
      for (const id of copies) if (!isWanted(id)) await disks.deleteImage(id);
      await disks.sweep();
    },
  };
}
