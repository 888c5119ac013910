import { limits } from '#base/limits.ts';
import type { ComputeService } from '#compute/service.ts';
import { markControlSeen } from '#compute/services/store.ts';
import { markSeen } from './store.ts';

/**
 * Writes down again and again that this process is there, its hosts and what decides in it.
 * @returns the function that ends it.
 */
export function keepBeating(service: ComputeService): () => void {
  const { clock, database, log } = service;
  const stop = new AbortController();
  // Nobody was promised a beat, so it does not wait for the disk.
  const beat = () =>
    database.note(async (tx) => {
      await markSeen(tx, clock.nowMs());
      await markControlSeen(tx, controlHostOf(service), clock.nowMs());
    });
  const run = async () => {
    for (;;) {
      await clock.sleep(limits.heartbeatMs, stop.signal);
      await beat().catch((error) => {
        if (!stop.signal.aborted) log.error({ error: String(error) }, 'a heartbeat failed');
      });
    }
  };
  // Ends only by being stopped.
  run().catch(() => undefined);
  return () => stop.abort();
}

/** Where requests are decided: in this process, which is named as the first of its hosts. */
export function controlHostOf({ hosts }: Pick<ComputeService, 'hosts'>): string {
  return hosts[0]?.name ?? '';
}
