import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ids } from '#base/ids.ts';
import { writePrivateFile } from '#base/private-file.ts';
import { makeKey, readKeys, writeKeys } from '#base/sealing/key-file.ts';
import type { SealKey } from '#base/sealing/seals.ts';
import { generatedPassword } from '#base/typed-secrets.ts';

export interface Secrets {
  passwords: { admin: string; demo: string };
  /** Oldest first; what is sealed in the database opens only with them. */
  sealKeys: readonly SealKey[];
}

const passwordLength = 24;

/** Reads the secrets of this state directory, making them at the first start. */
export function readSecrets(stateDirectory: string, ids: Ids): Secrets {
  const path = join(stateDirectory, 'secrets.json');
  const kept = readKept(path);
  const passwords = kept?.passwords ?? {
    admin: generatedPassword(ids, passwordLength),
    demo: generatedPassword(ids, passwordLength),
  };
  let sealKeys = readKeys(stateDirectory);
  if (!sealKeys) {
    sealKeys = [firstKey(kept, ids)];
    writeKeys(stateDirectory, sealKeys);
  }
  // Written after the keys: a key that stood here is then in their file for certain.
  writePrivateFile(path, `${JSON.stringify({ passwords }, null, 2)}\n`);
  return { passwords, sealKeys };
}

/** The only key of earlier versions stood beside the passwords and had no id. */
function firstKey(kept: Kept | undefined, ids: Ids): SealKey {
  const made = makeKey(ids);
  if (kept?.sealKey === undefined) return made;
  return { ...made, key: Buffer.from(kept.sealKey, 'base64url'), opensUnmarked: true };
}

interface Kept {
  passwords: Secrets['passwords'];
  sealKey?: string;
}

function readKept(path: string): Kept | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Kept;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`the secrets in ${path} cannot be read: ${(error as Error).message}`);
  }
}
