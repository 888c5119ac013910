import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until the answer is there; throws, naming `what`, after `timeoutMs`. */
export async function eventually<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  timeoutMs = 60_000,
): Promise<T> {
  const endMs = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > endMs) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await sleep(2);
  }
}
