import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { DiskNotThere } from '../storage.ts';
import { blankDiskPath } from './blank-disks.ts';
import { errorCode, publish } from './durable.ts';
import { type Folders, fileName } from './folders.ts';

const diskMode = 0o600;

/** The file as it is: a root disk names what it lies on in the same way in every store. */
function pathOf(folders: Folders, diskId: string, name: string | null): string {
  if (name !== null) return blankDiskPath(folders, diskId, name);
  return join(folders.disks, `${fileName(diskId)}.qcow2`);
}

/** Is deleted with the server's other disks, and taken for none of them. */
function arrivingPath(folders: Folders, diskId: string, name: string | null): string {
  const own = name === null ? 'root' : fileName(name);
  return join(folders.disks, `${fileName(diskId)}.arriving.${own}.raw`);
}

export async function readDisk(
  folders: Folders,
  diskId: string,
  name: string | null,
  offset: number,
  lengthBytes: number,
): Promise<Uint8Array> {
  const file = await open(pathOf(folders, diskId, name), 'r').catch((error: unknown) => {
    throw errorCode(error) === 'ENOENT' ? new DiskNotThere(diskId) : error;
  });
  try {
    const buffer = Buffer.alloc(lengthBytes);
    const { bytesRead } = await file.read(buffer, 0, lengthBytes, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** What holds only zeros takes no room. */
export async function receiveDisk(
  folders: Folders,
  diskId: string,
  name: string | null,
  offset: number,
  bytes: Uint8Array,
): Promise<void> {
  const path = arrivingPath(folders, diskId, name);
  await using file = await open(path, offset === 0 ? 'w' : 'r+', diskMode);
  if (bytes.every((byte) => byte === 0)) await file.truncate(offset + bytes.length);
  else await writeAt(file, bytes, offset);
}

/** A file system that is nearly full may take only a part at first. */
async function writeAt(file: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const left = bytes.length - written;
    const { bytesWritten } = await file.write(bytes, written, left, offset + written);
    written += bytesWritten;
  }
}

export async function keepReceivedDisk(
  folders: Folders,
  diskId: string,
  name: string | null,
): Promise<void> {
  const path = arrivingPath(folders, diskId, name);
  try {
    await using file = await open(path, 'r+');
    await file.sync();
  } catch (error) {
    // It was kept before.
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  await publish(path, pathOf(folders, diskId, name));
}
