import type { Queries } from '#db/database.ts';
import { systemActor } from '#policy/actor.ts';
import { allow } from '#policy/engine.ts';
import type { ImageContext } from '../context.ts';
import { uploadImage } from '../data/upload.ts';
import { newDraft } from './create.ts';
import { deleteImage } from './delete.ts';
import { type Image, mayView } from './image.ts';
import { findImage, insertImage } from './store.ts';

/** An image of a server's disk that is still to be filled. */
export interface NewSnapshot {
  id: string;
  name: string;
  projectId: string;
  minDiskGib: number;
  minRamMib: number;
  properties: Readonly<Record<string, string>>;
}

/** Records it in the caller's transaction: it waits for its data like any other image. */
export async function recordSnapshot(
  context: ImageContext,
  tx: Queries,
  snapshot: NewSnapshot,
): Promise<void> {
  const { id, name, projectId, minDiskGib, minRamMib } = snapshot;
  await insertImage(tx, {
    ...newDraft(context, systemActor(projectId), id),
    name,
    visibility: 'private',
    diskFormat: 'qcow2',
    containerFormat: 'bare',
    minDiskGib,
    minRamMib,
    properties: { ...snapshot.properties },
  });
}

/**
 * Fills it with a qcow2 that stands alone; nothing happens to one that has its data.
 * @throws ImageNotFound when somebody deleted it in the meantime, and what an upload throws
 */
export async function fillSnapshot(
  context: ImageContext,
  imageId: string,
  open: () => Promise<AsyncIterable<Uint8Array>>,
): Promise<void> {
  const image = await findImage(context.database.queries, imageId);
  if (image && image.status !== 'queued') return;
  const actor = systemActor(image?.ownerId ?? null);
  const target = image && allow<Image>(actor, image, mayView);
  if (!target) throw new Error(`the image ${imageId} was deleted before it had its data`);
  await uploadImage(context, actor, target, { chunks: await open(), announcedBytes: undefined });
}

/** Removes an image that is of no use to anyone; nothing happens when it is gone. */
export async function discardSnapshot(context: ImageContext, imageId: string): Promise<void> {
  const image = await findImage(context.database.queries, imageId);
  const actor = systemActor(image?.ownerId ?? null);
  const target = image && allow<Image>(actor, image, mayView);
  // One that its owner has protected in the meantime is theirs to keep.
  if (target && !target.isProtected) await deleteImage(context, actor, target);
}
