import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ids } from '#base/ids.ts';
import { writePrivateFile } from './private-file.ts';

export interface Secrets {
  passwords: { admin: string; demo: string };
  /** 32 bytes; what is sealed in the database opens only with it. */
  sealKey: Uint8Array;
}

const passwordBytes = 18;
const sealKeyBytes = 32;

/** Reads the secrets of this state directory, making them at the first start. */
export function readSecrets(stateDirectory: string, ids: Ids): Secrets {
  const path = join(stateDirectory, 'secrets.json');
  const kept = readKept(path) ?? {
    passwords: { admin: ids.secret(passwordBytes), demo: ids.secret(passwordBytes) },
    sealKey: ids.secret(sealKeyBytes),
  };
  writePrivateFile(path, `${JSON.stringify(kept, null, 2)}\n`);
  return { passwords: kept.passwords, sealKey: Buffer.from(kept.sealKey, 'base64url') };
}

interface Kept {
  passwords: Secrets['passwords'];
  sealKey: string;
}

function readKept(path: string): Kept | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Kept;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`the secrets in ${path} cannot be read: ${(error as Error).message}`);
  }
}
