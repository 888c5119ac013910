import type { DiskHardware } from '../../hypervisor.ts';

const virtioDisk: DiskHardware = { device: 'disk', bus: 'virtio' };

/** A device of the disk, and the controller before it where the board has none of that kind. */
const models: Partial<Record<`${DiskHardware['device']} ${DiskHardware['bus']}`, string[]>> = {
  'disk virtio': ['virtio-blk-pci'],
  'disk scsi': ['virtio-scsi-pci,id=scsi0', 'scsi-hd,bus=scsi0.0'],
  'disk ide': ['ide-hd,bus=ide.0'],
  'disk sata': ['ich9-ahci,id=ahci0', 'ide-hd,bus=ahci0.0'],
  'disk usb': ['qemu-xhci,id=usb0', 'usb-storage,bus=usb0.0'],
  'cdrom scsi': ['virtio-scsi-pci,id=scsi0', 'scsi-cd,bus=scsi0.0'],
  'cdrom ide': ['ide-cd,bus=ide.0'],
  'cdrom sata': ['ich9-ahci,id=ahci0', 'ide-cd,bus=ahci0.0'],
  'floppy fdc': ['floppy,unit=0'],
};

/**
 * QEMU's arguments for the device; at most one of a guest may be other than a virtio disk.
 * @param properties the backend and the device's name
 * @param isBooted whether the guest boots from it
 */
export function diskDevice(
  properties: string,
  isBooted: boolean,
  hardware: DiskHardware = virtioDisk,
): string[] {
  const model = models[`${hardware.device} ${hardware.bus}`];
  if (!model) throw new Error(`no ${hardware.device} is behind ${hardware.bus}`);
  const [device = '', controller] = model.toReversed();
  const before = controller === undefined ? [] : ['-device', controller];
  // Of floppy disks the controller on the board knows the order.
  if (hardware.bus === 'fdc') {
    const first = isBooted ? ['-global', 'isa-fdc.bootindexA=0'] : [];
    return [...first, '-device', `${device},${properties}`];
  }
  return [...before, '-device', `${device},${properties}${isBooted ? ',bootindex=0' : ''}`];
}
