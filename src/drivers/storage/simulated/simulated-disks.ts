import { DiskTooSmall, ImageNotStored, type RootDiskSpec, type StorageDriver } from '../storage.ts';
import { SimulatedStorageHost } from './simulated-host.ts';

/** Where a qcow2 header says how large the disk is for its guest. */
const virtualSizeAt = { start: 24, end: 31 };

/**
 * Images where they are, disks only in memory: for simulated servers, whose disks nobody opens.
 * Disks that a real host made on the same store before are still listed and deleted.
 */
export function withSimulatedDisks(
  images: StorageDriver,
  host: SimulatedStorageHost = new SimulatedStorageHost(),
): StorageDriver {
  const disks = host.openStorage();
  return {
    ...images,
    createRootDisk: async (disk) => {
      if (!host.rootDisks.has(disk.diskId)) {
        const imageBytes = await virtualSize(images, disk);
        const sizeBytes = disk.sizeBytes === 0 ? imageBytes : disk.sizeBytes;
        if (sizeBytes < imageBytes) throw new DiskTooSmall(sizeBytes, imageBytes);
        host.rootDisks.set(disk.diskId, { ...disk, sizeBytes });
      }
      return { kind: 'simulated', id: disk.diskId };
    },
    replaceDisks: disks.replaceDisks,
    restoreDisks: disks.restoreDisks,
    dropFormerDisks: disks.dropFormerDisks,
    createConfigDrive: (diskId, files) => disks.createConfigDrive(diskId, files),
    exportConfigDrive: disks.exportConfigDrive,
    importConfigDrive: disks.importConfigDrive,
    readDisk: disks.readDisk,
    receiveDisk: disks.receiveDisk,
    keepReceivedDisk: disks.keepReceivedDisk,
    createBlankDisk: (disk) => disks.createBlankDisk(disk),
    putDisksAside: disks.putDisksAside,
    bringDisksBack: disks.bringDisksBack,
    dropDisksAside: disks.dropDisksAside,
    exportRootDisk: (diskId, signal) => disks.exportRootDisk(diskId, signal),
    takeSnapshot: async (snapshot) => {
      // Its disk was never written to: it is what the image is.
      const chunks: Buffer[] = [];
      for await (const chunk of await images.readImage(snapshot.imageId)) chunks.push(chunk);
      host.images.set(snapshot.imageId, Buffer.concat(chunks));
      return disks.takeSnapshot(snapshot).finally(() => host.images.delete(snapshot.imageId));
    },
    readSnapshot: disks.readSnapshot,
    dropSnapshot: disks.dropSnapshot,
    deleteDisks: async (diskId) => {
      await disks.deleteDisks(diskId);
      await images.deleteDisks(diskId);
    },
    diskIds: async () => {
      const ids = await Promise.all([disks.diskIds(), images.diskIds()]);
      return [...new Set(ids.flat())].sort();
    },
    rootDiskIds: async () => null,
  };
}

async function virtualSize(images: StorageDriver, disk: RootDiskSpec): Promise<number> {
  const sizeBytes = await images.imageSize(disk.imageId);
  if (sizeBytes === undefined) throw new ImageNotStored(disk.imageId);
  if (disk.imageFormat !== 'qcow2' || sizeBytes <= virtualSizeAt.end) return sizeBytes;
  const chunks: Buffer[] = [];
  for await (const chunk of await images.readImage(disk.imageId, virtualSizeAt)) {
    chunks.push(chunk as Buffer);
  }
  return Number(Buffer.concat(chunks).readBigUInt64BE(0));
}
