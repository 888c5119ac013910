import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { systemActor } from '#policy/actor.ts';
import { allow } from '#policy/engine.ts';
import type { ImageContext } from '../context.ts';
import { uploadImage } from '../data/upload.ts';
import { createImage } from './create.ts';
import { type Image, mayView } from './image.ts';
import { findPublicByName, hideImages } from './store.ts';

export interface SeededImage {
  name: string;
  /** Path of the file that holds the data. */
  file: string;
  diskFormat: 'qcow2' | 'raw';
  ownerId: string;
}

/**
 * Makes a public image of a file unless one of that name has these very data. One of that name
 * with other data stays for those who use it, but out of the lists, so that the name means one.
 */
export async function seedImage(context: ImageContext, seeded: SeededImage): Promise<void> {
  const { name, ownerId } = seeded;
  const known = await findPublicByName(context.database.queries, name, ownerId);
  const hash = await hashFile(seeded.file);
  if (known.some((image) => image.status !== 'queued' && image.hashValue === hash)) return;
  const image = known.find(({ status }) => status === 'queued') ?? (await create(context, seeded));
  const actor = systemActor(ownerId);
  const target = allow(actor, image, mayView);
  if (!target) throw new Error(`the seeded image ${image.id} is not to be seen`);
  const { size } = await stat(seeded.file);
  const chunks = createReadStream(seeded.file);
  await uploadImage(context, actor, target, { chunks, announcedBytes: size });
  const replaced = known.filter((other) => other.id !== image.id).map((other) => other.id);
  if (replaced.length > 0) await hideImages(context.database.queries, replaced);
  context.log.info({ imageId: image.id, name }, 'image seeded');
}

function create(context: ImageContext, { name, diskFormat, ownerId }: SeededImage): Promise<Image> {
  return createImage(context, systemActor(ownerId), {
    name,
    visibility: 'public',
    disk_format: diskFormat,
    container_format: 'bare',
  });
}

const chunkBytes = 1024 * 1024;

/** Into one buffer again and again: this is done at every start and should leave nothing behind. */
async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha512');
  const buffer = Buffer.allocUnsafeSlow(chunkBytes);
  await using file = await open(path);
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, chunkBytes);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(buffer.subarray(0, bytesRead));
  }
}
