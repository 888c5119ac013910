import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { identifyProcess, isAlive, type ProcessIdentity } from './process/host-process.ts';

/** Another process has the guests in a folder. */
export class FolderClaimed extends Error {
  override name = 'FolderClaimed';
}

/**
 * Claims the state folder for this process. A second one would wait in vain for guests that the
 * first converses with, and take them for dead. Throws, naming the owner, when there is one.
 * @returns the function that gives the folder back; a killed owner's claim lapses by itself.
 */
export async function claimFolder(stateFolder: string): Promise<() => Promise<void>> {
  const path = claimOf(stateFolder);
  const self = JSON.stringify(identifyProcess(process.pid));
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await writeFile(path, self, { flag: 'wx', mode: 0o600 });
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = await readOwner(path);
    if (owner && owner.pid !== process.pid && isAlive(owner)) {
      throw new FolderClaimed(`process ${owner.pid} already runs the guests in ${stateFolder}`);
    }
    await rm(path, { force: true });
  }
  throw new Error(`${path} is claimed by others again and again`);
}

/** The living process that has claimed the folder. */
export async function findOwner(stateFolder: string): Promise<ProcessIdentity | undefined> {
  const owner = await readOwner(claimOf(stateFolder));
  return owner && isAlive(owner) ? owner : undefined;
}

const claimOf = (stateFolder: string) => join(stateFolder, 'qemu-owner.json');

async function readOwner(path: string): Promise<ProcessIdentity | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ProcessIdentity;
  } catch {
    // Given back meanwhile, or its writer was killed before it had written.
    return undefined;
  }
}
