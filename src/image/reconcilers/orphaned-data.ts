import type { ImageContext } from '../context.ts';
import { removeDeletedData } from '../data/remove.ts';
import { listUnremovedData, listWithData } from '../data/store.ts';

/**
 * Makes the storage hold the data of the recorded images and no others. Runs before the first
 * upload of a process, so that no data on their way in are taken for orphans.
 */
export async function removeOrphanedData(context: ImageContext): Promise<void> {
  for (const id of await listUnremovedData(context.database.queries)) {
    await removeDeletedData(context, id);
  }
  const wanted = await listWithData(context.database.queries);
  const stored = await context.storage.imageIds();
  for (const id of stored) {
    if (wanted.has(id)) continue;
    await context.storage.deleteImage(id);
    context.log.warn({ imageId: id }, 'data of no image were found and removed');
  }
  const found = new Set(stored);
  for (const id of wanted) {
    if (!found.has(id)) context.log.error({ imageId: id }, 'the data of an image are missing');
  }
}
