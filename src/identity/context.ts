import type { Clock } from '#base/clock.ts';
import type { Ids } from '#base/ids.ts';
import type { Log } from '#base/log.ts';
import type { Database, Queries } from '#db/database.ts';
import type { CatalogEntry } from './catalog/catalog.ts';
import type { Passwords } from './passwords/passwords.ts';
import type { ActorCache } from './tokens/actor-cache.ts';

/** What the verbs of the identity service work with. */
export interface IdentityContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly catalog: () => readonly CatalogEntry[];
  readonly passwords: Passwords;
  readonly actors: ActorCache;
}

/**
 * Every change of who exists and who may what goes through here: it is durable, and no token is
 * judged by what was known before, when this returns.
 */
export async function changeIdentity<T>(
  context: IdentityContext,
  work: (tx: Queries) => Promise<T>,
): Promise<T> {
  try {
    return await context.database.transaction(work);
  } finally {
    context.actors.forgetAll();
  }
}
