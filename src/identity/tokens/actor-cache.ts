import type { Actor } from '#policy/actor.ts';

interface Entry<T> {
  actor: T;
  expiresMs: number;
}

/**
 * Who holds which token, for tokens seen lately. Any change of identity forgets everything: such
 * changes are rare, and nothing then has to reason about whom one of them touches.
 */
export class ActorCache<T = Actor> {
  #entries = new Map<string, Entry<T>>();
  #generation = 0;
  readonly #listeners = new Set<() => void>();
  #maxEntries: number;
  #isCurrent: () => boolean;

  /** @param isCurrent false while changes that others make would not be known here. */
  constructor(maxEntries: number, isCurrent: () => boolean = () => true) {
    this.#maxEntries = maxEntries;
    this.#isCurrent = isCurrent;
  }

  /** Read before the database is asked; `remember` wants it back. */
  get generation(): number {
    return this.#generation;
  }

  find(hash: string, nowMs: number): T | undefined {
    const entry = this.#entries.get(hash);
    if (!entry || !this.#isCurrent()) return undefined;
    this.#entries.delete(hash);
    if (entry.expiresMs <= nowMs) return undefined;
    // A map keeps the order of insertion: what was used last stands last and is dropped last.
    this.#entries.set(hash, entry);
    return entry.actor;
  }

  /** Does nothing when something changed since `generation`: the answer may be outdated. */
  remember(hash: string, actor: T, expiresMs: number, generation: number): void {
    if (generation !== this.#generation) return;
    this.#entries.set(hash, { actor, expiresMs });
    if (this.#entries.size <= this.#maxEntries) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }

  forget(hash: string): void {
    this.#generation += 1;
    this.#entries.delete(hash);
    this.#tell();
  }

  forgetAll(): void {
    this.#generation += 1;
    this.#entries.clear();
    this.#tell();
  }

  /** Told whenever somebody may have lost a right. @returns the function that ends it. */
  onForgotten(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
