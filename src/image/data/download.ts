import type { Readable } from 'node:stream';
import type { ByteRange } from '#drivers/storage/storage.ts';
import { type Actor, isAdmin } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import type { ImageContext } from '../context.ts';
import { imageErrors } from '../errors.ts';
import type { Image } from '../images/image.ts';
import { parseByteRange } from './byte-range.ts';

/** Image data on their way out. */
export interface OutgoingData {
  stream: Readable;
  /** Of the whole image. */
  sizeBytes: number;
  /** Undefined when it is the whole. */
  range: Required<ByteRange> | undefined;
}

/** @returns undefined when there are no data (yet); throws for a range that does not exist. */
export async function downloadImage(
  context: ImageContext,
  actor: Actor,
  image: Allowed<Image>,
  rangeHeader: string | undefined,
): Promise<OutgoingData | undefined> {
  if (image.status === 'deactivated' && !isAdmin(actor)) throw imageErrors.imageDeactivated();
  const { sizeBytes } = image;
  if (sizeBytes === null) return undefined;
  const range = parseByteRange(rangeHeader, sizeBytes);
  const stream = await context.storage.readImage(image.id, range);
  return { stream, sizeBytes, range };
}
