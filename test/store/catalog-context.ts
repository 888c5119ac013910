import { systemClock } from '#base/clock.ts';
import { randomIds } from '#base/ids.ts';
import type { Database } from '#db/database.ts';

export const quota = {
  instances: 10,
  cores: 20,
  memoryMib: 51_200,
  metadataItems: 128,
  keyPairs: 100,
  serverGroups: 10,
  serverGroupMembers: 10,
};

/** What verbs on flavors, key pairs and quotas need, on this database. */
export function contextOf(database: Database) {
  return { database, clock: systemClock, ids: randomIds, quota };
}
