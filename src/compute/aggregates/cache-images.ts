import type { ComputeService } from '#compute/service.ts';
import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import type { Aggregate } from './aggregate.ts';
import { aggregateErrors } from './errors.ts';

/**
 * Hosts read images where they are stored, so that nothing has to be fetched in advance; what is
 * checked is that the request makes sense.
 * @throws DuplicateImages, ImageNotFound (400)
 */
export async function cacheImages(
  service: ComputeService,
  actor: Actor,
  _aggregate: Allowed<Aggregate>,
  imageIds: readonly string[],
): Promise<void> {
  if (new Set(imageIds).size < imageIds.length) throw aggregateErrors.imageTwice();
  for (const id of imageIds) {
    const image = await service.images.findVisible(actor, id);
    if (!image) throw aggregateErrors.imageUnknown({ id });
  }
}
