import type { Clock } from './clock.ts';
import type { Log } from './log.ts';

/**
 * Does the work again and again; a round that fails is told in the log and followed by the next.
 * @param what the work as the log names it
 * @returns the function that ends it; it resolves when no round is at work any more
 */
export function keepDoing(
  { clock, log }: { clock: Clock; log: Log },
  everyMs: number,
  what: string,
  work: () => Promise<void>,
): () => Promise<void> {
  const stop = new AbortController();
  const run = async () => {
    for (;;) {
      await clock.sleep(everyMs, stop.signal);
      await work().catch((error) => {
        if (!stop.signal.aborted) log.error({ error: String(error) }, `failed: ${what}`);
      });
    }
  };
  // Ends only by being stopped.
  const ended = run().catch(() => undefined);
  return () => {
    stop.abort();
    return ended;
  };
}
