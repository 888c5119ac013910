import type { ImageContext } from '../context.ts';
import { recordDataRemoved } from './store.ts';

/** Removes what a deleted image left in the storage; safe to run again. */
export async function removeDeletedData(context: ImageContext, imageId: string): Promise<void> {
  await context.storage.deleteImage(imageId);
  await recordDataRemoved(context.database.queries, imageId);
}
