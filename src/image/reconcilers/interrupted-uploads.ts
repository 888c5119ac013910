import type { ImageContext } from '../context.ts';
import { listSaving } from '../data/store.ts';
import { abandonUpload } from '../data/upload.ts';

/**
 * An upload lives in the process that serves it. Whatever is `saving` at the start was cut off
 * with an earlier process: the image waits for its data again and what had come is removed.
 */
export async function abandonInterruptedUploads(context: ImageContext): Promise<void> {
  for (const { id, uploadId } of await listSaving(context.database.queries)) {
    await abandonUpload(context, id, uploadId);
    context.log.warn({ imageId: id }, 'an upload was cut off; the image is queued again');
  }
}
