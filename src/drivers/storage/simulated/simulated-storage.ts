import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  DiskTooSmall,
  ImageNotStored,
  ImageTooLarge,
  type RootDiskSpec,
  type StorageDriver,
} from '../storage.ts';
import type { SimulatedStorageHost } from './simulated-host.ts';

export function openSimulatedStorage(host: SimulatedStorageHost): StorageDriver {
  return {
    kind: 'simulated',
    writeImage: (imageId, data, maxBytes) =>
      host.perform('writeImage', async () => {
        const bytes = await collect(data, maxBytes);
        host.images.set(imageId, bytes);
        const digest = (name: string) => createHash(name).update(bytes).digest('hex');
        return { sizeBytes: bytes.length, md5: digest('md5'), sha512: digest('sha512') };
      }),
    readImage: (imageId, range) =>
      host.perform('readImage', () => {
        const bytes = imageBytes(host, imageId);
        const end = range?.end === undefined ? bytes.length : range.end + 1;
        return Readable.from([bytes.subarray(range?.start ?? 0, end)], { objectMode: false });
      }),
    imageSize: (imageId) => host.perform('imageSize', () => host.images.get(imageId)?.length),
    deleteImage: (imageId) => host.perform('deleteImage', () => void host.images.delete(imageId)),
    imageIds: () => host.perform('imageIds', () => [...host.images.keys()].sort()),
    createRootDisk: (disk) =>
      host.perform('createRootDisk', () => {
        if (!host.rootDisks.has(disk.diskId)) makeRootDisk(host, disk);
        return { kind: 'simulated', id: disk.diskId };
      }),
    createConfigDrive: (diskId, files) =>
      host.perform('createConfigDrive', () => {
        const isThere = host.configDrives.has(diskId);
        if (!isThere) host.configDrives.set(diskId, structuredClone(files));
        return { kind: 'simulated', id: `${diskId}.config` };
      }),
    deleteDisks: (diskId) =>
      host.perform('deleteDisks', () => {
        host.rootDisks.delete(diskId);
        host.configDrives.delete(diskId);
      }),
    diskIds: () =>
      host.perform('diskIds', () => {
        const ids = new Set([...host.rootDisks.keys(), ...host.configDrives.keys()]);
        return [...ids].sort();
      }),
    sweep: () => host.perform('sweep', () => undefined),
  };
}

function imageBytes(host: SimulatedStorageHost, imageId: string): Buffer {
  const bytes = host.images.get(imageId);
  if (!bytes) throw new ImageNotStored(imageId);
  return bytes;
}

async function collect(data: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of data) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) throw new ImageTooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function makeRootDisk(host: SimulatedStorageHost, disk: RootDiskSpec): void {
  const bytes = imageBytes(host, disk.imageId);
  const isQcow2 = disk.imageFormat === 'qcow2' && bytes.length >= 32;
  // The virtual size stands at this place of every qcow2 header.
  const imageVirtualBytes = isQcow2 ? Number(bytes.readBigUInt64BE(24)) : bytes.length;
  const sizeBytes = disk.sizeBytes === 0 ? imageVirtualBytes : disk.sizeBytes;
  if (sizeBytes < imageVirtualBytes) throw new DiskTooSmall(sizeBytes, imageVirtualBytes);
  host.rootDisks.set(disk.diskId, { ...disk, sizeBytes });
}
