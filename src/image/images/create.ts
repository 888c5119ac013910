import type { Queries } from '#db/database.ts';
import type { Actor } from '#policy/actor.ts';
import { isAdmin } from '#policy/actor.ts';
import { requireActions } from '#policy/engine.ts';
import type { ImageContext } from '../context.ts';
import { imageErrors } from '../errors.ts';
import { checkQuotas, type ImageDraft, setAttribute } from './attributes.ts';
import type { Image } from './image.ts';
import { insertImage, isImageIdTaken } from './store.ts';

/**
 * Records an image that waits for its data.
 * @param asked attributes and free-form properties under the names of the wire.
 */
export function createImage(
  context: ImageContext,
  actor: Actor,
  asked: Readonly<Record<string, unknown>>,
): Promise<Image> {
  return context.database.transaction((tx) => recordImage(context, tx, actor, asked));
}

/** The same in a transaction that records more. */
export async function recordImage(
  context: ImageContext,
  tx: Queries,
  actor: Actor,
  asked: Readonly<Record<string, unknown>>,
): Promise<Image> {
  const { id: askedId, ...attributes } = asked;
  const draft = newDraft(context, actor, typeof askedId === 'string' ? askedId : undefined);
  for (const [name, value] of Object.entries(attributes)) setAttribute(draft, name, value);
  if (draft.ownerId !== actor.projectId && !isAdmin(actor)) {
    throw imageErrors.notPermitted({ deed: `create images owned by '${draft.ownerId}'` });
  }
  if (draft.visibility === 'public') requireActions(actor, ['ims:images:publish']);
  checkQuotas(draft);
  if (await isImageIdTaken(tx, draft.id)) throw imageErrors.imageExists({ id: draft.id });
  await insertImage(tx, draft);
  return draft;
}

/** An image that waits for its data, without a name or formats. */
export function newDraft(context: ImageContext, actor: Actor, id: string | undefined): ImageDraft {
  const nowMs = context.clock.nowMs();
  return {
    // Written like those that are made here, so that one id cannot exist in two spellings.
    id: id?.toLowerCase() ?? context.ids.uuid(),
    name: null,
    status: 'queued',
    visibility: 'shared',
    ownerId: actor.projectId,
    diskFormat: null,
    containerFormat: null,
    sizeBytes: null,
    virtualSizeBytes: null,
    minDiskGib: 0,
    minRamMib: 0,
    isProtected: false,
    isHidden: false,
    checksum: null,
    hashAlgorithm: null,
    hashValue: null,
    createdMs: nowMs,
    updatedMs: nowMs,
    properties: {},
    tags: [],
    memberIds: [],
  };
}
