import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ids } from '#base/ids.ts';
import { writePrivateFile } from '#base/private-file.ts';
import type { SealKey } from './seals.ts';

const keyBytes = 32;
const keyIdChars = 12;

interface KeyFile {
  /** Oldest first. */
  keys: { id: string; key: string; opensUnmarked?: true }[];
}

/** Outside the database, and of no use without it: both belong into the same backup. */
export function keyFilePath(stateDirectory: string): string {
  return join(stateDirectory, 'keys.json');
}

/** @returns undefined when there is no file. Throws when it cannot be read. */
export function readKeys(stateDirectory: string): SealKey[] | undefined {
  const path = keyFilePath(stateDirectory);
  try {
    const { keys } = JSON.parse(readFileSync(path, 'utf8')) as KeyFile;
    return keys.map(({ id, key, opensUnmarked = false }) => {
      const bytes = Buffer.from(key, 'base64url');
      if (bytes.length !== keyBytes) throw new Error(`key ${id} is not of ${keyBytes} bytes`);
      return { id, key: bytes, opensUnmarked };
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`the keys in ${path} cannot be read: ${(error as Error).message}`);
  }
}

/** Whole or not at all, and on the disk when this returns. */
export function writeKeys(stateDirectory: string, keys: readonly SealKey[]): void {
  const file: KeyFile = {
    keys: keys.map(({ id, key, opensUnmarked }) => ({
      id,
      key: Buffer.from(key).toString('base64url'),
      ...(opensUnmarked && { opensUnmarked }),
    })),
  };
  writePrivateFile(keyFilePath(stateDirectory), `${JSON.stringify(file, null, 2)}\n`);
}

export function makeKey(ids: Pick<Ids, 'hex' | 'secret'>): SealKey {
  const key = Buffer.from(ids.secret(keyBytes), 'base64url');
  return { id: ids.hex().slice(0, keyIdChars), key, opensUnmarked: false };
}
