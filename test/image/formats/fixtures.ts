import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '#base/process.ts';
import { ImageRefused, type ImageSource } from '../../../src/image/formats/image-source.ts';

/** A folder of its own for a test's files, gone with `await using`. */
export async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'cumulet-formats-'));
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

export function bytesSource(bytes: Uint8Array): ImageSource {
  return {
    sizeBytes: bytes.length,
    read: async (offset, lengthBytes) => bytes.subarray(offset, offset + lengthBytes),
  };
}

/** Looks like `bytesSource`, but reads a file, as uploads do. */
export async function fileSource(path: string): Promise<ImageSource> {
  const { size } = await stat(path);
  return {
    sizeBytes: size,
    read: async (offset, lengthBytes) => {
      await using file = await open(path, 'r');
      const { buffer, bytesRead } = await file.read(Buffer.alloc(lengthBytes), 0, null, offset);
      return buffer.subarray(0, bytesRead);
    },
  };
}

/** Makes a real image with qemu-img and returns its path. */
export async function makeImage(
  folder: string,
  format: string,
  options: string[] = [],
  size = '24M',
): Promise<string> {
  const name = `${format}-${options.join('-').replaceAll(/[^a-z0-9]/gi, '')}.img`;
  const path = join(folder, name);
  await run('qemu-img', ['create', '-q', '-f', format, ...options, path, size]);
  return path;
}

/** The rule by which the promise was refused; fails the test for any other outcome. */
export async function refusedRule(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ImageRefused) return error.rule;
    throw error;
  }
  return 'accepted';
}
