import type { QemuHost } from '../host.ts';
import type { LiveGuest } from '../live-guest.ts';

/** Without a word it is looked at all the same: what QEMU said may have been said before. */
const silenceMs = 200;

/**
 * Looks at QEMU's jobs at once, and again whenever it tells that one of them has changed: a guest
 * may stand still for what is waited for.
 * @returns what `look` found first
 */
export async function whenJobs<T>(
  host: QemuHost,
  live: LiveGuest,
  look: () => Promise<T | undefined>,
  signal?: AbortSignal,
): Promise<T> {
  for (;;) {
    const heard = new AbortController();
    const tell = () => heard.abort();
    live.jobs.add(tell);
    try {
      const found = await look();
      if (found !== undefined) return found;
      await silence(host, heard.signal, signal);
    } finally {
      live.jobs.delete(tell);
    }
  }
}

async function silence(host: QemuHost, heard: AbortSignal, signal?: AbortSignal): Promise<void> {
  const ends = signal ? AbortSignal.any([heard, signal]) : heard;
  await host.clock.sleep(silenceMs, ends).catch((error: unknown) => {
    if (!heard.aborted) throw error;
  });
  signal?.throwIfAborted();
}
