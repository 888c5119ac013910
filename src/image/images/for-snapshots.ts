import { type Actor, isAdmin } from '#policy/actor.ts';
import { allow } from '#policy/engine.ts';
import type { ImageContext } from '../context.ts';
import { removeDeletedData } from '../data/remove.ts';
import { uploadImage } from '../data/upload.ts';
import { imageErrors } from '../errors.ts';
import { mayChange } from './image.ts';
import { findImage, moveImage, removeImage } from './store.ts';

/** Fills a queued image, whose format is only known now. @throws ImageNotFound where it is gone */
export async function fillImage(
  context: ImageContext,
  actor: Actor,
  id: string,
  format: 'qcow2' | 'raw',
  chunks: AsyncIterable<Uint8Array>,
): Promise<void> {
  const from = { status: 'queued', uploadId: null } as const;
  const formats = { disk_format: format, container_format: 'bare' };
  await moveImage(context.database.queries, id, from, { status: 'queued', ...formats });
  const image = await findImage(context.database.queries, id);
  const target = image && allow(actor, image, mayChange);
  if (!target) throw imageErrors.imageNotFound({ id });
  await uploadImage(context, actor, target, { chunks, announcedBytes: undefined });
}

/** Removes an image if it is still there, and may be: a protected one stays. */
export async function discardImage(context: ImageContext, actor: Actor, id: string): Promise<void> {
  const deletedMs = context.clock.nowMs();
  const isGone = await context.database.transaction(async (tx) => {
    const image = await findImage(tx, id);
    if (!image || image.isProtected || !(isAdmin(actor) || mayChange(actor, image))) return false;
    return removeImage(tx, id, deletedMs);
  });
  if (isGone) context.background(() => removeDeletedData(context, id));
}
