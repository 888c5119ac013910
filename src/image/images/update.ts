import { type Actor, isAdmin } from '#policy/actor.ts';
import { type Allowed, requireActions } from '#policy/engine.ts';
import type { ImageContext } from '../context.ts';
import { imageErrors } from '../errors.ts';
import { checkQuotas, type ImageDraft, isBaseAttribute, setAttribute } from './attributes.ts';
import { type Image, mayChange } from './image.ts';
import { applyChange, type ImageChange } from './patch.ts';
import { findImage, updateImage as writeImage } from './store.ts';

/** Applies all changes or none. @returns the image as it then is. */
export function updateImage(
  context: ImageContext,
  actor: Actor,
  image: Allowed<Image>,
  changes: readonly ImageChange[],
): Promise<Image> {
  return changeImage(context, actor, image, (draft) => {
    for (const change of changes) applyChange(draft, change);
  });
}

export function addTag(
  context: ImageContext,
  actor: Actor,
  image: Allowed<Image>,
  tag: string,
): Promise<Image> {
  return changeImage(context, actor, image, (draft) => {
    setAttribute(draft, 'tags', [...draft.tags, tag]);
  });
}

export function removeTag(
  context: ImageContext,
  actor: Actor,
  image: Allowed<Image>,
  tag: string,
): Promise<Image> {
  return changeImage(context, actor, image, (draft) => {
    if (!draft.tags.includes(tag)) throw imageErrors.tagNotFound({ imageId: image.id, tag });
    draft.tags = draft.tags.filter((other) => other !== tag);
  });
}

/**
 * Makes the free-form properties what `change` makes of them. @returns all of them
 * @throws 400, 403 for what can be no property of that name or value
 */
export async function changeProperties(
  context: ImageContext,
  actor: Actor,
  image: Allowed<Image>,
  change: (known: Image['properties']) => Image['properties'],
): Promise<Image['properties']> {
  const changed = await changeImage(context, actor, image, (draft) => {
    const wanted = change(draft.properties);
    draft.properties = {};
    for (const [name, value] of Object.entries(wanted)) {
      // Under its own name an attribute is no property, and would not be shown as one.
      if (isBaseAttribute(name)) throw imageErrors.attributeReserved({ name });
      setAttribute(draft, name, value);
    }
  });
  return changed.properties;
}

async function changeImage(
  context: ImageContext,
  actor: Actor,
  { id }: Allowed<Image>,
  shape: (draft: ImageDraft) => void,
): Promise<Image> {
  const updatedMs = context.clock.nowMs();
  return context.database.transaction(async (tx) => {
    const before = await findImage(tx, id);
    if (!before) throw imageErrors.imageNotFound({ id });
    if (!mayChange(actor, before)) throw imageErrors.notPermitted({ deed: 'modify this image' });
    const draft: ImageDraft = { ...before, updatedMs };
    shape(draft);
    checkChange(actor, before, draft);
    checkQuotas(draft);
    await writeImage(tx, draft);
    return draft;
  });
}

function checkChange(actor: Actor, before: Image, after: Image): void {
  if (after.ownerId !== before.ownerId && !isAdmin(actor)) {
    throw imageErrors.notPermitted({ deed: "change an image's owner" });
  }
  if (after.visibility === 'public' && before.visibility !== 'public') {
    requireActions(actor, ['ims:images:publish']);
  }
  // What the data are was inspected when they came; calling them something else would undo that.
  if (before.status === 'queued') return;
  if (after.diskFormat !== before.diskFormat) {
    throw imageErrors.formatFixed({ name: 'disk_format' });
  }
  if (after.containerFormat !== before.containerFormat) {
    throw imageErrors.formatFixed({ name: 'container_format' });
  }
}
