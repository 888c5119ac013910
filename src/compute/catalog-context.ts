import type { Clock } from '#base/clock.ts';
import type { Ids } from '#base/ids.ts';
import type { Database } from '#db/database.ts';

/** What verbs of flavors, key pairs and quotas need of the service. */
export interface CatalogContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
}
