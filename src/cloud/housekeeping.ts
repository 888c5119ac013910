import { deleteRefusedBefore } from '#audit/refused-store.ts';
import { deleteRecordsBefore } from '#audit/store.ts';
import type { Clock } from '#base/clock.ts';
import { limits } from '#base/limits.ts';
import type { Log } from '#base/log.ts';
import type { Services } from '#cloud';
import { deleteEndedBefore } from '#operations/store.ts';

/**
 * Forgets what counts no more or only takes room: memberships that providers said of users who do
 * not come any more, expired tokens, operations that ended long ago, and
 * records of who did what when. Writes down when access keys were used.
 * @returns the function that ends it.
 */
export function keepHouse(services: Services, clock: Clock, log: Log): () => void {
  const stop = new AbortController();
  const round = async () => {
    await services.identity.purgeExpiredTokens();
    await services.identity.endLapsedMemberships();
    await services.identity.writeKeyUses();
    const beforeMs = clock.nowMs() - limits.endedOperationsMs;
    await deleteEndedBefore(services.database.queries, beforeMs);
    const auditBeforeMs = clock.nowMs() - limits.auditRecordsMs;
    await deleteRecordsBefore(services.database.queries, auditBeforeMs);
    await deleteRefusedBefore(services.database.queries, auditBeforeMs);
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
