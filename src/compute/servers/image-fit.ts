import { computeErrors } from '#compute/errors.ts';
import type { Image } from '#image/service.ts';

const bytesPerGib = 1024 ** 3;

/** Throws when the image cannot be booted with a flavor of this size. */
export function requireImageFits(
  image: Image,
  flavor: { memoryMib: number; diskGib: number },
): void {
  if (image.status !== 'active') throw computeErrors.imageNotActive({ id: image.id });
  if (image.diskFormat !== 'raw' && image.diskFormat !== 'qcow2') {
    const sentence = `Image ${image.id} is unacceptable: its disk format cannot be booted.`;
    throw computeErrors.imageBad({ sentence });
  }
  requireFlavorFits(image, flavor);
}

/** The same of an image that need not be there any more. */
export function requireFlavorFits(
  image: Image,
  flavor: { memoryMib: number; diskGib: number },
): void {
  if (image.minRamMib > flavor.memoryMib) throw computeErrors.flavorMemoryTooSmall();
  // A flavor without a disk takes the image's own size.
  if (flavor.diskGib === 0) return;
  const flavorBytes = flavor.diskGib * bytesPerGib;
  const imageBytes = image.virtualSizeBytes ?? image.sizeBytes ?? 0;
  if (imageBytes > flavorBytes) throw computeErrors.flavorDiskTooSmall({ flavorBytes, imageBytes });
  const minimumBytes = image.minDiskGib * bytesPerGib;
  if (minimumBytes > flavorBytes) {
    throw computeErrors.flavorDiskBelowMinimum({ flavorBytes, minimumBytes });
  }
}
