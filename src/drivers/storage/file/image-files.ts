import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type ByteRange, ImageNotStored, ImageTooLarge, type StoredImage } from '../storage.ts';
import { errorCode, fileSize, publish, removeFiles, sortedNames } from './durable.ts';
import { type Folders, fileName } from './folders.ts';
import type { Incoming } from './incoming.ts';

const imageMode = 0o600;

export function imagePath(folders: Folders, imageId: string): string {
  return join(folders.images, fileName(imageId));
}

/** Each chunk is hashed and written before the next is asked for: memory stays flat. */
export async function writeImage(
  folders: Folders,
  incoming: Incoming,
  imageId: string,
  data: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<StoredImage> {
  const path = imagePath(folders, imageId);
  return incoming.with(async (incomingPath) => {
    const stored = await writeHashed(incomingPath, data, maxBytes);
    await publish(incomingPath, path);
    return stored;
  });
}

async function writeHashed(
  path: string,
  data: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<StoredImage> {
  const md5 = createHash('md5');
  const sha512 = createHash('sha512');
  let sizeBytes = 0;
  await using file = await open(path, 'wx', imageMode);
  for await (const chunk of data) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) throw new ImageTooLarge(maxBytes);
    md5.update(chunk);
    sha512.update(chunk);
    await writeWhole(file, chunk);
  }
  await file.chmod(imageMode);
  await file.sync();
  return { sizeBytes, md5: md5.digest('hex'), sha512: sha512.digest('hex') };
}

/** A file system that is nearly full may take only a part of a chunk at first. */
async function writeWhole(file: FileHandle, chunk: Uint8Array): Promise<void> {
  let written = 0;
  while (written < chunk.length) {
    const { bytesWritten } = await file.write(chunk, written, chunk.length - written);
    written += bytesWritten;
  }
}

export async function readImage(
  folders: Folders,
  imageId: string,
  range: ByteRange = { start: 0 },
): Promise<Readable> {
  let file: FileHandle;
  try {
    file = await open(imagePath(folders, imageId), 'r');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw new ImageNotStored(imageId);
    throw error;
  }
  return file.createReadStream(range);
}

export async function imageSize(folders: Folders, imageId: string): Promise<number | undefined> {
  return fileSize(imagePath(folders, imageId));
}

export async function deleteImage(folders: Folders, imageId: string): Promise<void> {
  await removeFiles(folders.images, [imagePath(folders, imageId)]);
}

export async function imageIds(folders: Folders): Promise<string[]> {
  return sortedNames(folders.images);
}
