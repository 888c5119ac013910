import { hash } from 'node:crypto';
import type { Clock } from '#base/clock.ts';
import { limits } from '#base/limits.ts';
import { identityErrors } from '../errors.ts';

interface Watched {
  failures: number;
  sinceMs: number;
}

/**
 * Turns away who tries many passwords, per name and address and per address, before any work is
 * done for them. It does not look whether the name exists, so it tells nothing about that.
 */
export class LoginThrottle {
  readonly #clock: Clock;
  readonly #watched = new Map<string, Watched>();
  readonly #tell: (keys: string[]) => void;

  /** @param tell makes a failure known to other processes, for their `count`. */
  constructor(clock: Clock, tell: (keys: string[]) => void = () => undefined) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** How many names and addresses are kept in mind; never more than `limits.watchedLogins`. */
  get size(): number {
    return this.#watched.size;
  }

  /**
   * @param name the user as the request names it
   * @param address of the peer; null when it is not known: then nothing is counted
   * @throws LoginsLimited (429) with `Retry-After`
   */
  require(name: string, address: string | null): void {
    const nowMs = this.#clock.nowMs();
    for (const { key, most } of keysOf(name, address)) {
      const watched = this.#find(key, nowMs);
      if (watched && watched.failures >= most) throw refusal(watched, nowMs);
    }
  }

  /** How many go on at once beyond the limit, the queue of hashes bounds. */
  failed(name: string, address: string | null): void {
    const keys = keysOf(name, address).map(({ key }) => key);
    this.count(keys);
    if (keys.length > 0) this.#tell(keys);
  }

  /** What failed here, or in another process. */
  count(keys: readonly string[]): void {
    const nowMs = this.#clock.nowMs();
    for (const key of keys) this.#count(key, nowMs);
  }

  #find(key: string, nowMs: number): Watched | undefined {
    const watched = this.#watched.get(key);
    if (!watched || nowMs < watched.sinceMs + limits.failedLoginsPerMs) return watched;
    this.#watched.delete(key);
    return undefined;
  }

  #count(key: string, nowMs: number): void {
    const watched = this.#find(key, nowMs) ?? { failures: 0, sinceMs: nowMs };
    watched.failures += 1;
    // A map keeps the order of insertion: what was counted last is dropped last.
    this.#watched.delete(key);
    this.#watched.set(key, watched);
    const [oldest] = this.#watched.keys();
    if (this.#watched.size > limits.watchedLogins && oldest !== undefined) {
      this.#watched.delete(oldest);
    }
  }
}

function keysOf(name: string, address: string | null): { key: string; most: number }[] {
  if (address === null) return [];
  return [
    { key: `a ${address}`, most: limits.failedLoginsPerAddress },
    // Hashed: a name may be as long as a body, and is nobody's to keep.
    { key: hash('sha256', `${address} ${name}`, 'base64url'), most: limits.failedLoginsPerName },
  ];
}

function refusal(watched: Watched, nowMs: number) {
  const leftMs = watched.sinceMs + limits.failedLoginsPerMs - nowMs;
  const seconds = Math.max(1, Math.ceil(leftMs / 1000));
  const error = identityErrors.loginsLimited({ seconds });
  error.headers['retry-after'] = String(seconds);
  return error;
}
