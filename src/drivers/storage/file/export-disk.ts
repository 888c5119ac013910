import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { run } from '#base/process.ts';
import { DiskNotThere } from '../storage.ts';
import { fileSize } from './durable.ts';
import { type Folders, fileName } from './folders.ts';
import type { Incoming } from './incoming.ts';

/** Copying a large disk takes as long as it takes; the operation that asks has its own deadline. */
const convertTimeoutMs = 24 * 3600_000;

/**
 * The disk with all that it lies on, as one qcow2. The copy is made whole before the first byte is
 * given out, and its file has no name any more by then: whoever drops the stream leaves nothing.
 */
export async function exportRootDisk(
  { folders, incoming }: { folders: Folders; incoming: Incoming },
  diskId: string,
  signal?: AbortSignal,
): Promise<Readable> {
  const path = join(folders.disks, `${fileName(diskId)}.qcow2`);
  if ((await fileSize(path)) === undefined) throw new DiskNotThere(diskId);
  return incoming.with(async (incomingPath) => {
    const args = ['convert', '-q', '-f', 'qcow2', '-O', 'qcow2', path, incomingPath];
    await run('qemu-img', args, {
      timeoutMs: convertTimeoutMs,
      ...(signal && { signal }),
    });
    const file = await open(incomingPath, 'r');
    return file.createReadStream();
  });
}
