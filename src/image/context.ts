import type { Clock } from '#base/clock.ts';
import type { Ids } from '#base/ids.ts';
import type { Log } from '#base/log.ts';
import type { Database } from '#db/database.ts';
import type { StorageDriver } from '#drivers/storage/storage.ts';

/** What the verbs of this service work with. */
export interface ImageContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly storage: StorageDriver;
  /** Work that no request waits for; the service waits for it when it closes. */
  background(work: () => Promise<void>): void;
}
