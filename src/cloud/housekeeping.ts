import type { Clock } from '#base/clock.ts';
import { limits } from '#base/limits.ts';
import type { Log } from '#base/log.ts';
import type { Services } from '#cloud';
import { deleteEndedBefore } from '#operations/store.ts';

/**
 * Forgets what only takes room: expired tokens, and operations that ended long ago.
 * @returns the function that ends it.
 */
export function keepHouse(services: Services, clock: Clock, log: Log): () => void {
  const stop = new AbortController();
  const round = async () => {
    await services.identity.purgeExpiredTokens();
    const beforeMs = clock.nowMs() - limits.endedOperationsMs;
    await deleteEndedBefore(services.database.queries, beforeMs);
  };
  const run = async () => {
    for (;;) {
      await clock.sleep(limits.housekeepingMs, stop.signal);
      await round().catch((error) => log.error({ error: String(error) }, 'housekeeping failed'));
    }
  };
  // Ends only by being stopped.
  run().catch(() => undefined);
  return () => stop.abort();
}
