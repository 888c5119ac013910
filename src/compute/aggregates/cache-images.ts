import type { CacheImageInput } from '#compute/operations/cache-image.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import type { Aggregate } from './aggregate.ts';
import { aggregateErrors } from './errors.ts';

/**
 * Has images fetched to the hosts of an aggregate before servers need them there.
 * @throws DuplicateImages, ImageNotFound (400)
 */
export async function cacheImages(
  service: ComputeService,
  { actor, requestId }: { actor: Actor; requestId: string },
  { hosts }: Allowed<Aggregate>,
  imageIds: readonly string[],
): Promise<void> {
  if (new Set(imageIds).size < imageIds.length) throw aggregateErrors.imageTwice();
  for (const id of imageIds) {
    const image = await service.images.findVisible(actor, id);
    if (!image) throw aggregateErrors.imageUnknown({ id });
  }
  if (hosts.length === 0) return;
  const input: CacheImageInput = { hosts };
  await service.operations.transaction(async (_tx, record) => {
    for (const subject of imageIds) {
      const { projectId } = actor;
      await record({ kind: 'cache-image', subject, projectId, requestId, input });
    }
  });
}
