import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import type { ImageContext } from '../context.ts';
import { removeDeletedData } from '../data/remove.ts';
import { imageErrors } from '../errors.ts';
import { type Image, mayChange } from './image.ts';
import { findImage, removeImage } from './store.ts';

/** The record goes first, for good; the data follow, if need be after a restart. */
export async function deleteImage(
  context: ImageContext,
  actor: Actor,
  { id }: Allowed<Image>,
): Promise<void> {
  const deletedMs = context.clock.nowMs();
  await context.database.transaction(async (tx) => {
    const image = await findImage(tx, id);
    if (!image) throw imageErrors.imageNotFound({ id });
    if (!mayChange(actor, image)) throw imageErrors.notPermitted({ deed: 'delete this image' });
    if (image.isProtected) throw imageErrors.imageProtected({ id });
    await removeImage(tx, id, deletedMs);
  });
  context.background(() => removeDeletedData(context, id));
}
