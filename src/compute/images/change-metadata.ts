import { limitsOfProject } from '#compute/quotas/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Image } from '#image/service.ts';
import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import { imageProxyErrors } from './errors.ts';

export type ImageMetadata = Readonly<Record<string, string>>;

/** Gives the image these items and no others. @returns all items @throws 403 over the quota */
export function replaceImageMetadata(
  service: ComputeService,
  actor: Actor,
  image: Allowed<Image>,
  items: ImageMetadata,
): Promise<ImageMetadata> {
  return change(service, actor, image, () => items);
}

/** Sets these items and leaves the others as they are. @returns all items */
export function updateImageMetadata(
  service: ComputeService,
  actor: Actor,
  image: Allowed<Image>,
  items: ImageMetadata,
): Promise<ImageMetadata> {
  return change(service, actor, image, (known) => ({ ...known, ...items }));
}

async function change(
  service: ComputeService,
  actor: Actor,
  image: Allowed<Image>,
  next: (known: ImageMetadata) => ImageMetadata,
): Promise<ImageMetadata> {
  const { queries } = service.database;
  // The quota that counts is that of whoever writes, as Nova has it.
  const quota = await limitsOfProject(queries, actor.projectId ?? '', service.quota);
  const allowed = quota.metadataItems;
  return service.images.changeProperties(actor, image, (known) => {
    const items = next(known);
    if (allowed >= 0 && Object.keys(items).length > allowed) {
      throw imageProxyErrors.tooManyItems({ allowed });
    }
    return items;
  });
}

/** @throws ImageMetadataNotFound (404) */
export async function removeImageMetadataItem(
  service: ComputeService,
  actor: Actor,
  image: Allowed<Image>,
  key: string,
): Promise<void> {
  await service.images.changeProperties(actor, image, (known) => {
    if (!Object.hasOwn(known, key)) throw imageProxyErrors.itemNotFound();
    const { [key]: _removed, ...others } = known;
    return others;
  });
}
