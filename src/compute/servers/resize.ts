import { computeErrors } from '#compute/errors.ts';
import type { Flavor } from '#compute/flavors/flavor.ts';
import { findFlavor } from '#compute/flavors/store.ts';
import { beginMove } from '#compute/moves/begin.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, actOnServer } from './act.ts';
import { serverErrors } from './errors.ts';
import { requireFlavorFits } from './image-fit.ts';
import { resizeErrors } from './resize-errors.ts';
import type { FlavorSnapshot, Server } from './server.ts';

export interface ResizeWish {
  flavorId: string;
  diskConfig: 'AUTO' | 'MANUAL' | undefined;
}

/**
 * Gives a server another flavor, on this or another host, until that is confirmed or reverted.
 * @throws FlavorNotFound, CannotResizeToSameFlavor, CannotResizeDisk, NoValidHost (400),
 *   TooManyInstances (403), InstanceInvalidState, InstanceIsLocked (409)
 */
export async function resizeServer(
  service: ComputeService,
  asked: Asked,
  allowed: Allowed<Server>,
  wish: ResizeWish,
): Promise<void> {
  // Of an image that is gone only the disk is left, and that fits already.
  const image = await service.images.find(allowed.imageId);
  await actOnServer(service, asked, allowed, {
    action: 'resize',
    recordedAs: 'resize',
    isPlacing: true,
    operation: { kind: 'resize-server', input: {} },
    claim: async (tx, server) => {
      const flavor = await findFlavor(tx, wish.flavorId, asked.actor);
      if (!flavor || flavor.isDisabled) throw computeErrors.flavorNotFound({ id: wish.flavorId });
      requireResizable(server, flavor, wish);
      if (image) requireFlavorFits(image, flavor);
      const target = { flavor, host: null, mayStay: true };
      await beginMove(service, tx, asked, server, 'resize', target);
      return wish.diskConfig === undefined ? {} : { disk_config: wish.diskConfig };
    },
  });
}

function requireResizable(server: Server, flavor: Flavor, { diskConfig }: ResizeWish): void {
  if (flavor.id === server.flavor.id) throw resizeErrors.flavorUnchanged();
  requireNoShrinking(server.flavor, flavor);
  const { auto_disk_config: said = '' } = server.imageProperties;
  if (diskConfig === 'AUTO' && /^disabled$/i.test(said)) throw serverErrors.diskConfigDisabled();
}

/** A flavor without a disk has its image's size, whatever that is. */
function requireNoShrinking(old: FlavorSnapshot, flavor: FlavorSnapshot): void {
  const refuse = (sentence: string) => resizeErrors.diskCannotShrink({ sentence });
  if (old.diskGib > 0 && flavor.diskGib === 0) {
    throw refuse('Resize to zero disk flavor is not allowed.');
  }
  if (flavor.diskGib < old.diskGib) throw refuse('Disks cannot become smaller.');
  if (flavor.ephemeralGib < old.ephemeralGib) throw refuse('Disks cannot become smaller.');
}
