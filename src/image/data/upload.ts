import { limits } from '#base/limits.ts';
import { ImageTooLarge, type StoredImage } from '#drivers/storage/storage.ts';
import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import type { ImageContext } from '../context.ts';
import { imageErrors } from '../errors.ts';
import { ImageRefused } from '../formats/image-source.ts';
import { type Image, mayChange } from '../images/image.ts';
import { findImage, moveImage } from '../images/store.ts';
import { inspectStored } from './inspect-stored.ts';

/** Image data on their way in. */
export interface IncomingData {
  chunks: AsyncIterable<Uint8Array>;
  /** What the client announces; undefined when it does not say. */
  announcedBytes: number | undefined;
}

/**
 * Fills a queued image. Data that are refused, too long or cut off leave it queued and nothing
 * stored. Resolves when the image is active and its data are on stable storage.
 */
export async function uploadImage(
  context: ImageContext,
  actor: Actor,
  image: Allowed<Image>,
  data: IncomingData,
): Promise<void> {
  if (!mayChange(actor, image)) throw imageErrors.notPermitted({ deed: 'modify this image' });
  if ((data.announcedBytes ?? 0) > limits.imageBytes) {
    throw imageErrors.dataTooLarge({ maxBytes: limits.imageBytes });
  }
  const uploadId = context.ids.uuid();
  const claimed = await claim(context, image.id, uploadId);
  try {
    const stored = await context.storage.writeImage(image.id, data.chunks, limits.imageBytes);
    const virtualSizeBytes = await inspectStored(context.storage, image.id, claimed, stored);
    await fill(context, image.id, uploadId, { ...stored, virtualSizeBytes });
  } catch (error) {
    await abandonUpload(context, image.id, uploadId);
    throw refusalOf(error);
  }
}

/** One upload at a time may fill an image: whoever moves it from `queued` to `saving`. */
async function claim(context: ImageContext, id: string, uploadId: string): Promise<string> {
  const updatedMs = context.clock.nowMs();
  return context.database.transaction(async (tx) => {
    const image = await findImage(tx, id);
    if (!image) throw imageErrors.imageNotFound({ id });
    if (image.status !== 'queued') {
      throw imageErrors.statusTransition({ from: image.status, to: 'saving' });
    }
    const missing = [
      ...(image.diskFormat === null ? ['disk_format'] : []),
      ...(image.containerFormat === null ? ['container_format'] : []),
    ];
    if (image.diskFormat === null || missing.length > 0) {
      throw imageErrors.formatsMissing({ names: missing.join(', ') });
    }
    const from = { status: image.status, uploadId: null };
    await moveImage(tx, id, from, { status: 'saving', upload_id: uploadId, updated_ms: updatedMs });
    return image.diskFormat;
  });
}

async function fill(
  context: ImageContext,
  id: string,
  uploadId: string,
  facts: StoredImage & { virtualSizeBytes: number },
): Promise<void> {
  const moved = await moveImage(
    context.database.queries,
    id,
    { status: 'saving', uploadId },
    {
      status: 'active',
      upload_id: null,
      size_bytes: facts.sizeBytes,
      virtual_size_bytes: facts.virtualSizeBytes,
      checksum: facts.md5,
      hash_algorithm: 'sha512',
      hash_value: facts.sha512,
      updated_ms: context.clock.nowMs(),
    },
  );
  if (!moved) throw imageErrors.imageGone({ id });
}

/**
 * Takes an upload back: first the data, then the claim, so that no new upload of the image can
 * begin while the data of this one are still being removed. Data that cannot be removed are
 * overwritten by the next upload or removed at the next start; the image waits for nobody.
 */
export async function abandonUpload(
  context: ImageContext,
  id: string,
  uploadId: string | null,
): Promise<void> {
  try {
    await context.storage.deleteImage(id);
  } catch (error) {
    const facts = { imageId: id, error: String(error) };
    context.log.error(facts, 'the data of an abandoned upload could not be removed');
  }
  await moveImage(
    context.database.queries,
    id,
    { status: 'saving', uploadId },
    { status: 'queued', upload_id: null, updated_ms: context.clock.nowMs() },
  );
}

function refusalOf(error: unknown): unknown {
  if (error instanceof ImageRefused) {
    return imageErrors.dataRefused({ rule: error.rule, reason: error.message });
  }
  if (error instanceof ImageTooLarge) return imageErrors.dataTooLarge({ maxBytes: error.maxBytes });
  const code = (error as { code?: unknown }).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') return imageErrors.storageFull();
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR') {
    return imageErrors.dataIncomplete({ reason: 'the connection was closed' });
  }
  return error;
}
