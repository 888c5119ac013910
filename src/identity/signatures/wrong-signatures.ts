import { limits } from '#base/limits.ts';

interface Entry {
  wrong: number;
  lastMs: number;
}

/**
 * Locks an access key for a while after some wrong signatures in a row, whether there is such a key
 * or not, so that nobody learns which ones there are. Keys that were tried longest ago are
 * forgotten when there are too many: guessing at so many keys at once is hopeless by itself.
 */
export class WrongSignatures {
  readonly #entries = new Map<string, Entry>();

  isLocked(access: string, nowMs: number): boolean {
    const entry = this.#entries.get(access);
    if (!entry) return false;
    if (nowMs - entry.lastMs < limits.accessKeyLockMs) {
      return entry.wrong >= limits.wrongSignatures;
    }
    this.#entries.delete(access);
    return false;
  }

  add(access: string, nowMs: number): void {
    if (this.isLocked(access, nowMs)) return;
    const wrong = this.#entries.get(access)?.wrong ?? 0;
    this.#entries.delete(access);
    this.#entries.set(access, { wrong: wrong + 1, lastMs: nowMs });
    if (this.#entries.size <= limits.wronglySignedKeys) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }

  /** A right one ends the row. */
  forget(access: string): void {
    this.#entries.delete(access);
  }
}
