import { chmod, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { limits } from '#base/limits.ts';
import { run } from '#base/process.ts';
import type { SnapshotFacts, SnapshotSpec } from '../storage.ts';
import type { Bases } from './bases.ts';
import { fileSize, publish, removeFiles, syncFile } from './durable.ts';
import { type Folders, fileName } from './folders.ts';
import type { Incoming } from './incoming.ts';

interface Store {
  folders: Folders;
  incoming: Incoming;
  bases: Bases;
}

const snapshotMode = 0o600;

function snapshotPath(folders: Folders, diskId: string, snapshotId: string): string {
  return join(folders.disks, `${fileName(diskId)}.snapshot-${fileName(snapshotId)}.qcow2`);
}

export async function snapshotPaths(folders: Folders, diskId: string): Promise<string[]> {
  const start = `${fileName(diskId)}.snapshot-`;
  const names = (await readdir(folders.disks)).filter((name) => name.startsWith(start));
  return names.map((name) => join(folders.disks, name));
}

export async function takeSnapshot(
  store: Store,
  snapshot: SnapshotSpec,
  copyPath: string | undefined,
  signal?: AbortSignal,
): Promise<SnapshotFacts> {
  const path = snapshotPath(store.folders, snapshot.diskId, snapshot.snapshotId);
  if (copyPath !== undefined) {
    await chmod(copyPath, snapshotMode);
    await syncFile(copyPath);
    await publish(copyPath, path);
  } else if ((await fileSize(path)) === undefined) {
    await store.incoming.with(async (incomingPath) => {
      await convert(store, snapshot, incomingPath, signal);
      await chmod(incomingPath, snapshotMode);
      await syncFile(incomingPath);
      await publish(incomingPath, path);
    });
  }
  return { format: 'qcow2', sizeBytes: (await fileSize(path)) ?? 0 };
}

/** Each layer is named with its format: the disk's own header is the guest's to write. */
async function convert(
  { folders, bases }: Store,
  { diskId, imageId, imageFormat }: SnapshotSpec,
  to: string,
  signal?: AbortSignal,
): Promise<void> {
  await bases.with(imageId, async (base) => {
    const fileAt = (filename: string) => ({ driver: 'file', filename });
    const below = { driver: imageFormat, file: fileAt(base) };
    const backing = imageFormat === 'qcow2' ? { ...below, backing: null } : below;
    const root = join(folders.disks, `${fileName(diskId)}.qcow2`);
    const source = `json:${JSON.stringify({ file: fileAt(root), backing })}`;
    await run('qemu-img', ['convert', '-q', '-f', 'qcow2', '-O', 'qcow2', source, to], {
      timeoutMs: limits.moveDeadlineMs,
      ...(signal && { signal }),
    });
  });
}

export async function readSnapshot(
  { folders }: Pick<Store, 'folders'>,
  diskId: string,
  snapshotId: string,
  offset: number,
  lengthBytes: number,
): Promise<Uint8Array> {
  await using file = await open(snapshotPath(folders, diskId, snapshotId), 'r');
  const buffer = Buffer.alloc(lengthBytes);
  const { bytesRead } = await file.read(buffer, 0, lengthBytes, offset);
  return buffer.subarray(0, bytesRead);
}

export async function dropSnapshot(
  { folders }: Pick<Store, 'folders'>,
  diskId: string,
  snapshotId: string,
): Promise<void> {
  await removeFiles(folders.disks, [snapshotPath(folders, diskId, snapshotId)]);
}
