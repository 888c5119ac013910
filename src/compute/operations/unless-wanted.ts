import { findServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { StepContext } from '#operations/operation.ts';

const lookEveryMs = 500;

/**
 * Does the work of a mending, and calls it off as soon as somebody wants something of the server:
 * that waits behind us.
 */
export async function unlessWanted<T>(
  { clock, database }: ComputeService,
  { subject, signal }: StepContext<unknown>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const [over, wanted] = [new AbortController(), new AbortController()];
  const watch = async () => {
    for (;;) {
      const server = await findServer(database.queries, subject);
      if (server?.taskState !== null) return wanted.abort(new Error('the server is wanted'));
      await clock.sleep(lookEveryMs, over.signal);
    }
  };
  // Ends with the work at the latest.
  const watching = watch().catch(() => undefined);
  try {
    return await work(AbortSignal.any([signal, wanted.signal]));
  } finally {
    over.abort();
    await watching;
  }
}
