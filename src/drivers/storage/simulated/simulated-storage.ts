import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  type BlankDiskSpec,
  DiskNotThere,
  type DiskReplacement,
  DiskTooSmall,
  ImageNotStored,
  ImageTooLarge,
  type RootDiskSpec,
  type StorageDriver,
} from '../storage.ts';
import { configDriveCalls } from './config-drives.ts';
import { bringBack, putAside } from './disks-aside.ts';
import { emptyQcow2 } from './empty-qcow2.ts';
import { dropArriving, movedDiskCalls } from './moved-disks.ts';
import type { SimulatedStorageHost } from './simulated-host.ts';
import { dropSnapshots, snapshotCalls } from './snapshots.ts';

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
    cacheImage: (imageId) => host.perform('cacheImage', () => void imageBytes(host, imageId)),
    deleteImage: (imageId) => host.perform('deleteImage', () => void host.images.delete(imageId)),
    imageIds: () => host.perform('imageIds', () => [...host.images.keys()].sort()),
    createRootDisk: (disk) =>
      host.perform('createRootDisk', () => {
        if (!host.rootDisks.has(disk.diskId)) makeRootDisk(host, disk);
        return { kind: 'simulated', id: disk.diskId };
      }),
    ...configDriveCalls(host),
    ...movedDiskCalls(host),
    createBlankDisk: (disk) =>
      host.perform('createBlankDisk', () => {
        const disks = host.blankDisks.get(disk.diskId) ?? new Map();
        if (!disks.has(disk.name)) disks.set(disk.name, { ...disk });
        host.blankDisks.set(disk.diskId, disks);
        return { kind: 'simulated', id: `${disk.diskId}.${disk.name}` };
      }),
    replaceDisks: (wanted) => host.perform('replaceDisks', () => replaceDisks(host, wanted)),
    restoreDisks: (diskId) => host.perform('restoreDisks', () => restoreDisks(host, diskId)),
    dropFormerDisks: (diskId) =>
      host.perform('dropFormerDisks', () => void host.formerDisks.delete(diskId)),
    putDisksAside: (diskId, keepsBlankDisks) =>
      host.perform('putDisksAside', () => putAside(host, diskId, keepsBlankDisks)),
    bringDisksBack: (diskId) => host.perform('bringDisksBack', () => bringBack(host, diskId)),
    dropDisksAside: (diskId) =>
      host.perform('dropDisksAside', () => void host.disksAside.delete(diskId)),
    exportRootDisk: (diskId, signal) =>
      host.perform('exportRootDisk', () => {
        signal?.throwIfAborted();
        const disk = host.rootDisks.get(diskId);
        if (!disk) throw new DiskNotThere(diskId);
        return Readable.from([emptyQcow2(disk.sizeBytes)], { objectMode: false });
      }),
    ...snapshotCalls(host),
    deleteDisks: (diskId) => host.perform('deleteDisks', () => deleteDisks(host, diskId)),
    diskIds: () =>
      host.perform('diskIds', () => {
        const { rootDisks, configDrives, blankDisks } = host;
        const ids = [rootDisks, configDrives, blankDisks].flatMap((disks) => [...disks.keys()]);
        return [...new Set(ids)].sort();
      }),
    rootDiskIds: async () => [...host.rootDisks.keys()].sort(),
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

function deleteDisks(host: SimulatedStorageHost, diskId: string): void {
  dropSnapshots(host, diskId);
  dropArriving(host, diskId);
  const kinds = [host.rootDisks, host.configDrives, host.blankDisks];
  for (const disks of [...kinds, host.formerDisks, host.disksAside]) disks.delete(diskId);
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

function replaceDisks(host: SimulatedStorageHost, wanted: DiskReplacement): void {
  const { diskId, rootBytes } = wanted;
  const root = host.rootDisks.get(diskId);
  if (!root) throw new Error(`there is no root disk ${diskId}`);
  if (host.formerDisks.has(diskId)) return;
  const blanks = host.blankDisks.get(diskId) ?? new Map<string, BlankDiskSpec>();
  host.formerDisks.set(diskId, { root, blanks });
  host.rootDisks.set(diskId, { ...root, sizeBytes: Math.max(root.sizeBytes, rootBytes) });
  const named = new Map(wanted.blanks.map((blank) => [blank.name, { ...blank }]));
  if (named.size > 0) host.blankDisks.set(diskId, named);
  else host.blankDisks.delete(diskId);
}

function restoreDisks(host: SimulatedStorageHost, diskId: string): void {
  const former = host.formerDisks.get(diskId);
  if (!former) return;
  host.rootDisks.set(diskId, former.root);
  if (former.blanks.size > 0) host.blankDisks.set(diskId, former.blanks);
  else host.blankDisks.delete(diskId);
  host.formerDisks.delete(diskId);
}
