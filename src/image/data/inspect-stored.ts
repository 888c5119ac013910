import type { StorageDriver, StoredImage } from '#drivers/storage/storage.ts';
import { inspectImage } from '../formats/inspect.ts';

/**
 * Checks data that have arrived against the format they were announced in.
 * @returns the virtual size; throws ImageRefused with the rule that failed.
 */
export async function inspectStored(
  storage: StorageDriver,
  imageId: string,
  diskFormat: string,
  stored: StoredImage,
): Promise<number> {
  const { sizeBytes } = stored;
  const { virtualSizeBytes } = await inspectImage(diskFormat, {
    sizeBytes,
    read: (offset, lengthBytes) => readBytes(storage, imageId, offset, lengthBytes, sizeBytes),
  });
  return virtualSizeBytes;
}

async function readBytes(
  storage: StorageDriver,
  imageId: string,
  offset: number,
  lengthBytes: number,
  sizeBytes: number,
): Promise<Uint8Array> {
  const end = Math.min(offset + lengthBytes, sizeBytes) - 1;
  if (end < offset) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  const stream = await storage.readImage(imageId, { start: offset, end });
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
