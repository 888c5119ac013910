import type { Allowed } from '#policy/engine.ts';
import type { ImageContext } from '../context.ts';
import { imageErrors } from '../errors.ts';
import { type Image, nextStatus } from './image.ts';
import { findImage, moveImage } from './store.ts';

/** Closes an image's data to everyone but administrators, or opens them again. */
export async function setActive(
  context: ImageContext,
  { id }: Allowed<Image>,
  event: 'deactivate' | 'reactivate',
): Promise<void> {
  const updatedMs = context.clock.nowMs();
  await context.database.transaction(async (tx) => {
    const image = await findImage(tx, id);
    if (!image) throw imageErrors.imageNotFound({ id });
    const from = image.status;
    const to = nextStatus(from, event);
    if (!to) {
      const meant = event === 'deactivate' ? 'deactivated' : 'active';
      throw imageErrors.actionNotLegal({ from, to: meant });
    }
    if (to === from) return;
    await moveImage(
      tx,
      id,
      { status: from, uploadId: null },
      { status: to, updated_ms: updatedMs },
    );
  });
}
