import type { Actor } from '#policy/actor.ts';

interface Entry {
  actor: Actor;
  expiresMs: number;
}

/**
 * Who holds which token, for tokens seen lately. Any change of identity forgets everything: such
 * changes are rare, and nothing then has to reason about whom one of them touches.
 */
export class ActorCache {
  #entries = new Map<string, Entry>();
  #generation = 0;
  #maxEntries: number;

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  /** Read before the database is asked; `remember` wants it back. */
  get generation(): number {
    return this.#generation;
  }

  find(hash: string, nowMs: number): Actor | undefined {
    const entry = this.#entries.get(hash);
    if (!entry) return undefined;
    this.#entries.delete(hash);
    if (entry.expiresMs <= nowMs) return undefined;
    // A map keeps the order of insertion: what was used last stands last and is dropped last.
    this.#entries.set(hash, entry);
    return entry.actor;
  }

  /** Does nothing when something changed since `generation`: the answer may be outdated. */
  remember(hash: string, actor: Actor, expiresMs: number, generation: number): void {
    if (generation !== this.#generation) return;
    this.#entries.set(hash, { actor, expiresMs });
    if (this.#entries.size <= this.#maxEntries) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }

  forget(hash: string): void {
    this.#generation += 1;
    this.#entries.delete(hash);
  }

  forgetAll(): void {
    this.#generation += 1;
    this.#entries.clear();
  }
}
