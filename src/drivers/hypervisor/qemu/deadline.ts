import type { Clock } from '#base/clock.ts';

/** Something outside our process did not answer in time. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';
}

/** Waits for `work` at most `timeoutMs`; throws DeadlineExceeded, which names `what`, after it. */
export async function withDeadline<T>(
  clock: Clock,
  timeoutMs: number,
  what: string,
  work: Promise<T>,
): Promise<T> {
  const done = new AbortController();
  const late = clock.sleep(timeoutMs, done.signal).then(() => {
    throw new DeadlineExceeded(`${what} took longer than ${timeoutMs} ms`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
  }
}

/** Asks every `stepMs` until the answer is true; false when `timeoutMs` passed without it. */
export async function until(
  clock: Clock,
  timeoutMs: number,
  stepMs: number,
  condition: () => boolean,
): Promise<boolean> {
  const endMs = clock.nowMs() + timeoutMs;
  while (!condition()) {
    if (clock.nowMs() >= endMs) return false;
    await clock.sleep(stepMs);
  }
  return true;
}
