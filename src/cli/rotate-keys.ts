import { existsSync } from 'node:fs';
import { databaseLocation } from '#base/config.ts';
import { randomIds } from '#base/ids.ts';
import { makeKey, readKeys, writeKeys } from '#base/sealing/key-file.ts';
import { openSeals } from '#base/sealing/seals.ts';
import { openDatabase } from '#db/database.ts';
import { resealAll } from '#db/reseal.ts';
import type { CommandCall } from './commands.ts';
import { findHolder, lockState } from './state-lock.ts';

/**
 * Seals every secret of the database by a new key and drops the former ones. Ended halfway, all
 * keys that may be needed are there, and it can be run again.
 */
export async function rotateKeys({ config }: CommandCall): Promise<number> {
  const { stateDirectory } = config;
  const location = databaseLocation(config);
  if (config.database === 'sqlite' && !existsSync(location)) {
    throw new Error(`There is no database ${location}.`);
  }
  const lock = lockState(stateDirectory);
  if (!lock) throw new Error(servedSentence(stateDirectory));
  try {
    const count = await rotate(stateDirectory, location);
    console.log(
      `${count} secrets are sealed by a new key; back up database and keys.json together`,
    );
    return 0;
  } finally {
    lock.release();
  }
}

/** @returns how many secrets there were. Throws when one of them does not open. */
async function rotate(stateDirectory: string, location: string): Promise<number> {
  const former = readKeys(stateDirectory);
  if (!former) throw new Error(`There are no keys in ${stateDirectory} yet.`);
  const newest = makeKey(randomIds);
  const all = [...former, newest];
  writeKeys(stateDirectory, all);
  const database = await openDatabase(location);
  try {
    const seals = openSeals(all, randomIds);
    const count = await database.transaction((tx) => resealAll(tx, seals));
    writeKeys(stateDirectory, [newest]);
    return count;
  } finally {
    await database.close();
  }
}

function servedSentence(stateDirectory: string): string {
  const holder = findHolder(stateDirectory);
  const who = holder ? `process ${holder.processId}` : 'another process';
  return `${stateDirectory} is served by ${who}, which has the keys; stop it first (npm run stop).`;
}
