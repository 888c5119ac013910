import { limits } from '#base/limits.ts';
import type { Server } from '#compute/servers/server.ts';
import type { ComputeService } from '#compute/service.ts';
import { findMove } from './store.ts';

/** A former host is mostly clear after some 30 ms. */
const restMs = 10;

/**
 * A server that has moved while it ran is at rest as soon as it runs on: what it had on its former
 * host is removed just after. What moves it again waits for that; whatever takes longer it refuses.
 */
export async function formerHostCleared(
  { database, clock }: ComputeService,
  { id, taskState }: Server,
): Promise<void> {
  if (taskState !== null) return;
  const endMs = clock.nowMs() + limits.formerHostClearedMs;
  while (clock.nowMs() < endMs) {
    const move = await findMove(database.queries, id);
    // One that was resized waits for somebody to decide.
    if (move?.side !== 'target' || move.finishedMs !== null) return;
    await clock.sleep(restMs);
  }
}
