import type { DiskHardware } from '#drivers/hypervisor/hypervisor.ts';
import { rescueErrors } from './rescue-errors.ts';

/** The first bus of each is the usual one. */
const busesOf: Readonly<Record<DiskHardware['device'], readonly DiskHardware['bus'][]>> = {
  disk: ['virtio', 'scsi', 'ide', 'sata', 'usb'],
  cdrom: ['ide', 'scsi', 'sata'],
  floppy: ['fdc'],
};

/**
 * As what a rescue image wants to be found; null for one that does not say, and that therefore
 * takes the place of the server's first disk.
 * @throws UnsupportedRescueDevice (400)
 */
export function rescueHardware(properties: Readonly<Record<string, string>>): DiskHardware | null {
  const { hw_rescue_device: wantedDevice, hw_rescue_bus: wantedBus } = properties;
  if (wantedDevice === undefined && wantedBus === undefined) return null;
  const device = (wantedDevice ?? 'disk') as DiskHardware['device'];
  const buses = Object.hasOwn(busesOf, device) ? busesOf[device] : [];
  const bus = buses.find((name) => name === (wantedBus ?? buses[0]));
  if (!bus) throw rescueErrors.deviceUnsupported({ device, bus: wantedBus ?? '' });
  return { device, bus };
}
