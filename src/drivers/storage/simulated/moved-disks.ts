import { deserialize, serialize } from 'node:v8';
import { DiskNotThere, type StorageDriver } from '../storage.ts';
import type { SimulatedStorageHost } from './simulated-host.ts';

type Calls = Pick<StorageDriver, 'readDisk' | 'receiveDisk' | 'keepReceivedDisk'>;

const keyOf = (diskId: string, name: string | null) => `${diskId}/${name ?? ''}`;

/** Of a simulated disk nothing but what it is can go anywhere. */
export function movedDiskCalls(host: SimulatedStorageHost): Calls {
  return {
    readDisk: (diskId, name, offset, lengthBytes) =>
      host.perform('readDisk', () => {
        const blank = name === null ? undefined : host.blankDisks.get(diskId)?.get(name);
        const disk = name === null ? host.rootDisks.get(diskId) : blank;
        if (!disk) throw new DiskNotThere(diskId);
        return serialize(disk).subarray(offset, offset + lengthBytes);
      }),
    receiveDisk: (diskId, name, offset, bytes) =>
      host.perform('receiveDisk', () => {
        const key = keyOf(diskId, name);
        const before = host.arriving.get(key)?.subarray(0, offset) ?? Buffer.alloc(0);
        host.arriving.set(key, Buffer.concat([before, bytes]));
      }),
    keepReceivedDisk: (diskId, name) =>
      host.perform('keepReceivedDisk', () => {
        const bytes = host.arriving.get(keyOf(diskId, name));
        if (!bytes) return;
        if (name === null) host.rootDisks.set(diskId, deserialize(bytes));
        else host.blankDisks.get(diskId)?.set(name, deserialize(bytes));
        host.arriving.delete(keyOf(diskId, name));
      }),
  };
}

export function dropArriving(host: SimulatedStorageHost, diskId: string): void {
  for (const key of host.arriving.keys()) {
    if (key.startsWith(`${diskId}/`)) host.arriving.delete(key);
  }
}
