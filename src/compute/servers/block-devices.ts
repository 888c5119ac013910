import { limits } from '#base/limits.ts';
import { deviceErrors } from './device-errors.ts';
import type { FlavorSnapshot, LocalDisk } from './server.ts';

/** One disk that a new server asks for, from either form of the mapping. */
export interface BlockDevice {
  source: 'volume' | 'image' | 'snapshot' | 'blank';
  destination: 'local' | 'volume';
  /** Of the volume, image or snapshot; null for a blank disk. */
  id: string | null;
  /** 0 is what is booted; negative: not booted from. */
  bootIndex: number;
  /** GiB; MiB for swap. Null where the source has a size of its own. */
  size: number | null;
  isSwap: boolean;
}

type Sizes = Pick<FlavorSnapshot, 'ephemeralGib' | 'swapMib'>;

/**
 * Checks what a new server asks for besides its image, by Nova's rules. There is no block storage
 * in this cloud yet, so that whatever needs a volume is refused as where there is no such volume.
 * @throws the refusals of `deviceErrors`, each a 400
 */
export function checkDevices(
  devices: readonly BlockDevice[],
  imageId: string | null,
  flavor: Sizes,
): void {
  if (devices.length === 0) return;
  for (const device of devices) requireSense(device, imageId);
  requireBootSequence(devices);
  for (const device of devices) requireVolume(device);
  requireRoom(devices, flavor);
}

function requireSense(device: BlockDevice, imageId: string | null): void {
  const { source, destination, id, bootIndex } = device;
  const refuse = (details: string) => deviceErrors.malformed({ details });
  if (source === 'blank' && id !== null) throw refuse('Invalid device UUID.');
  if (source !== 'blank' && id === null) throw refuse('Missing device UUID.');
  if (destination === 'local') {
    if (source === 'volume' || source === 'snapshot') {
      throw refuse(`Mapping ${source} to local is not supported.`);
    }
    // The image that is named anyway may also stand among the devices.
    const isNamedImage = imageId !== null && imageId === id && bootIndex === 0;
    if (source === 'image' && !isNamedImage) {
      throw refuse('Mapping image to local is not supported.');
    }
  }
}

/** Boot indices count up from 0. */
function requireBootSequence(devices: readonly BlockDevice[]): void {
  const indices = devices.map(({ bootIndex }) => bootIndex).filter((index) => index >= 0);
  indices.sort((a, b) => a - b);
  const isSequence = indices.length > 0 && indices.every((index, place) => index === place);
  if (!isSequence) throw deviceErrors.bootSequence();
}

function requireVolume({ source, destination, id, size }: BlockDevice): void {
  if (destination === 'local') return;
  if (source === 'volume') throw deviceErrors.volumeNotFound({ id: id ?? '' });
  if (source === 'snapshot') throw deviceErrors.snapshotNotFound({ id: id ?? '' });
  if (!size) throw deviceErrors.sizeMissing({ source });
  throw deviceErrors.noBlockStorage();
}

function requireRoom(devices: readonly BlockDevice[], flavor: Sizes): void {
  const local = devices.filter(({ destination }) => destination === 'local');
  if (local.length > limits.localBlockDevices) throw deviceErrors.tooManyLocal();
  const { swaps, ephemerals } = blanksOf(devices);
  if (swaps.length > 1) throw deviceErrors.malformed({ details: 'More than one swap drive.' });
  const sum = (list: readonly BlockDevice[], share: number) =>
    list.reduce((all, { size }) => all + (size ?? share), 0);
  if (sum(ephemerals, flavor.ephemeralGib) > flavor.ephemeralGib) {
    throw deviceErrors.ephemeralTooLarge();
  }
  if (sum(swaps, flavor.swapMib) > flavor.swapMib) throw deviceErrors.swapTooLarge();
}

function blanksOf(devices: readonly BlockDevice[]) {
  const blank = devices.filter((one) => one.source === 'blank' && one.destination === 'local');
  const swaps = blank.filter(({ isSwap }) => isSwap);
  return { swaps, ephemerals: blank.filter(({ isSwap }) => !isSwap) };
}

/**
 * The local disks besides the root disk: those that were asked for, and of each kind that was not
 * asked for, one as large as the flavor's share. A size that is not said is the share.
 */
export function localDisksOf(devices: readonly BlockDevice[], flavor: Sizes): LocalDisk[] {
  const { swaps, ephemerals } = blanksOf(devices);
  const sizesOf = (asked: readonly BlockDevice[], share: number) =>
    (asked.length > 0 ? asked.map(({ size }) => size ?? share) : [share]).filter(Boolean);
  const ephemeralGibs = sizesOf(ephemerals, flavor.ephemeralGib);
  const swapMibs = sizesOf(swaps, flavor.swapMib);
  return [
    ...ephemeralGibs.map((gib, index) => ({
      name: `ephemeral${index}`,
      kind: 'ephemeral' as const,
      sizeBytes: gib * 1024 ** 3,
    })),
    ...swapMibs.map((mib) => ({ name: 'swap', kind: 'swap' as const, sizeBytes: mib * 1024 ** 2 })),
  ];
}
