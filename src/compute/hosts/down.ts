import type { ComputeService } from '#compute/service.ts';
import { isFresh } from '#compute/services/service-row.ts';
import type { Queries } from '#db/database.ts';
import { findHost, isHostUp } from './store.ts';

/** Silent, forced down, without an agent, or forgotten. */
export async function isHostDown(
  { clock }: Pick<ComputeService, 'clock'>,
  db: Queries,
  host: string,
): Promise<boolean> {
  const row = await findHost(db, host);
  return !row || !isHostUp(row) || !isFresh(row.seen_ms, clock.nowMs());
}
