import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Log } from '#base/log.ts';
import { ImageNotStored, type RootDiskSpec } from '../storage.ts';
import { errorCode, fileSize, linkUnlessThere, removeFiles, sortedNames } from './durable.ts';
import { type Folders, fileName } from './folders.ts';
import { imagePath } from './image-files.ts';
import { readQcow2Facts } from './qcow2-header.ts';

const sectorBytes = 512;

/**
 * What root disks lie on: hard links to image data, so that a cached base costs nothing while the
 * image is there and stays whole when the image is deleted.
 */
export interface Bases {
  /** Calls `use` with the base's path; no sweep takes the base away meanwhile. */
  with<T>(imageId: string, use: (path: string) => Promise<T>): Promise<T>;
  /** Gives the image its data back where only a base has it still. Throws ImageNotStored. */
  cache(imageId: string): Promise<void>;
  /** Removes the bases no root disk lies on. */
  sweep(): Promise<void>;
}

export function openBases(folders: Folders, log: Log): Bases {
  const users = new Map<string, number>();
  const count = (name: string, change: number) => {
    const left = (users.get(name) ?? 0) + change;
    if (left > 0) users.set(name, left);
    else users.delete(name);
  };
  const withBase: Bases['with'] = async (imageId, use) => {
    const name = fileName(imageId);
    count(name, 1);
    try {
      return await use(await linkBase(folders, imageId));
    } finally {
      count(name, -1);
    }
  };
  return {
    with: withBase,
    cache: (imageId) =>
      withBase(imageId, (base) => linkUnlessThere(base, imagePath(folders, imageId))),
    sweep: async () => {
      const lainOn = await basesLainOn(folders, log);
      if (!lainOn) return;
      const unused = (await sortedNames(folders.bases)).filter(
        (name) => !lainOn.has(name) && !users.has(name),
      );
      const paths = unused.map((name) => join(folders.bases, name));
      if (paths.length > 0) await removeFiles(folders.bases, paths);
    },
  };
}

/** Bytes of the disk the base holds, as a guest sees them, in whole sectors. */
export async function virtualSize(
  path: string,
  format: RootDiskSpec['imageFormat'],
): Promise<number> {
  if (format === 'qcow2') return (await readQcow2Facts(path)).virtualSizeBytes;
  const { size } = await stat(path);
  return Math.ceil(size / sectorBytes) * sectorBytes;
}

async function linkBase(folders: Folders, imageId: string): Promise<string> {
  const path = join(folders.bases, fileName(imageId));
  if ((await fileSize(path)) !== undefined) return path;
  try {
    await linkUnlessThere(imagePath(folders, imageId), path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw new ImageNotStored(imageId);
    throw error;
  }
  return path;
}

/** Undefined when a disk cannot be read: then nobody knows, and every base must stay. */
async function basesLainOn(folders: Folders, log: Log): Promise<Set<string> | undefined> {
  const names = new Set<string>();
  for (const name of await sortedNames(folders.disks)) {
    if (!name.endsWith('.qcow2')) continue;
    try {
      const { backingFile } = await readQcow2Facts(join(folders.disks, name));
      if (backingFile !== undefined) names.add(basename(backingFile));
    } catch (error) {
      // A disk that was deleted since the folder was listed lies on nothing any more.
      if (errorCode(error) === 'ENOENT') continue;
      log.warn({ disk: name, error: String(error) }, 'a disk cannot be read: all bases are kept');
      return undefined;
    }
  }
  return names;
}
