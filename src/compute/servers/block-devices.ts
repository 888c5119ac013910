import { limits } from '#base/limits.ts';
import { deviceErrors } from './device-errors.ts';
import type { FlavorSnapshot } from './server.ts';

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
  const blank = local.filter(({ source }) => source === 'blank');
  const swaps = blank.filter(({ isSwap }) => isSwap);
  const ephemerals = blank.filter(({ isSwap }) => !isSwap);
  if (swaps.length > 1) throw deviceErrors.malformed({ details: 'More than one swap drive.' });
  const sum = (list: readonly BlockDevice[]) =>
    list.reduce((all, { size }) => all + (size ?? 0), 0);
  if (sum(ephemerals) > flavor.ephemeralGib) throw deviceErrors.ephemeralTooLarge();
  if (sum(swaps) > flavor.swapMib) throw deviceErrors.swapTooLarge();
  if (sum(blank) > 0) throw deviceErrors.noBlankDisks();
}
