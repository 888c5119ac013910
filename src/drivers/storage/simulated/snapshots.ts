import {
  ImageNotStored,
  type SnapshotFacts,
  type SnapshotSpec,
  type StorageDriver,
} from '../storage.ts';
import type { SimulatedStorageHost } from './simulated-host.ts';

const nameOf = (diskId: string, snapshotId: string) => `${diskId}/${snapshotId}`;

/** Nothing is ever written to simulated disks, so that they still hold what their image does. */
function takeSnapshot(host: SimulatedStorageHost, snapshot: SnapshotSpec): SnapshotFacts {
  const { diskId, snapshotId, imageId, imageFormat } = snapshot;
  if (!host.rootDisks.has(diskId)) throw new Error(`there is no root disk ${diskId}`);
  const bytes = host.images.get(imageId);
  if (!bytes) throw new ImageNotStored(imageId);
  host.snapshots.set(nameOf(diskId, snapshotId), bytes);
  return { format: imageFormat, sizeBytes: bytes.length };
}

function readSnapshot(
  host: SimulatedStorageHost,
  diskId: string,
  snapshotId: string,
  offset: number,
  lengthBytes: number,
): Uint8Array {
  const bytes = host.snapshots.get(nameOf(diskId, snapshotId));
  if (!bytes) throw new Error(`there is no snapshot ${snapshotId}`);
  return bytes.subarray(offset, offset + lengthBytes);
}

function dropSnapshot(host: SimulatedStorageHost, diskId: string, snapshotId: string): void {
  host.snapshots.delete(nameOf(diskId, snapshotId));
}

export function dropSnapshots(host: SimulatedStorageHost, diskId: string): void {
  for (const name of host.snapshots.keys()) {
    if (name.startsWith(`${diskId}/`)) host.snapshots.delete(name);
  }
}

type SnapshotCalls = Pick<StorageDriver, 'takeSnapshot' | 'readSnapshot' | 'dropSnapshot'>;

/** What a driver on the host does with snapshots. */
export function snapshotCalls(host: SimulatedStorageHost): SnapshotCalls {
  return {
    takeSnapshot: (snapshot) => host.perform('takeSnapshot', () => takeSnapshot(host, snapshot)),
    readSnapshot: (diskId, snapshotId, offset, lengthBytes) =>
      host.perform('readSnapshot', () =>
        readSnapshot(host, diskId, snapshotId, offset, lengthBytes),
      ),
    dropSnapshot: (diskId, snapshotId) =>
      host.perform('dropSnapshot', () => dropSnapshot(host, diskId, snapshotId)),
  };
}
