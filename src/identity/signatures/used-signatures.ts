import { limits } from '#base/limits.ts';
import { signatureAgeMs } from './verify.ts';

/** What one user signed lately, by the second in which it was signed. */
interface Used {
  bySecond: Map<number, Set<string>>;
  count: number;
  newestMs: number;
  /** Of what was signed then or before nothing is known any more, so it may be a repetition. */
  forgottenMs: number;
}

/**
 * Lets each signature change something only once. Memory is bounded: of a user who signs more than
 * is kept within half an hour the oldest are forgotten, and what is as old as those is refused, as
 * is what was signed before this process began. Whoever signs anew is not touched by either.
 */
export class UsedSignatures {
  readonly #byUser = new Map<string, Used>();
  readonly #beganMs: number;
  #sweptMs: number;

  /** @param nowMs when this process began to look. */
  constructor(nowMs: number) {
    // Signatures tell whole seconds.
    this.#beganMs = Math.floor(nowMs / 1000) * 1000 - 1;
    this.#sweptMs = nowMs;
  }

  /** @returns false when it was used before, or may have been. */
  use(userId: string, signature: string, dateMs: number, nowMs: number): boolean {
    this.#sweep(nowMs);
    const used = this.#of(userId);
    if (dateMs <= used.forgottenMs) return false;
    const second = used.bySecond.get(dateMs) ?? new Set();
    if (second.has(signature)) return false;
    used.bySecond.set(dateMs, second.add(signature));
    used.count += 1;
    used.newestMs = Math.max(used.newestMs, dateMs);
    while (used.count > limits.usedSignatures) forgetOldest(used);
    return true;
  }

  #of(userId: string): Used {
    const known = this.#byUser.get(userId);
    if (known) return known;
    const bySecond = new Map<number, Set<string>>();
    const made = { bySecond, count: 0, newestMs: 0, forgottenMs: this.#beganMs };
    this.#byUser.set(userId, made);
    return made;
  }

  /** What is too old to be accepted at all need not be known. */
  #sweep(nowMs: number): void {
    if (nowMs - this.#sweptMs < limits.usedSignaturesSweptMs) return;
    this.#sweptMs = nowMs;
    const tooOldMs = nowMs - signatureAgeMs;
    for (const [userId, used] of this.#byUser) {
      if (used.newestMs < tooOldMs) this.#byUser.delete(userId);
      else forgetBefore(used, tooOldMs);
    }
  }
}

function forgetBefore(used: Used, ms: number): void {
  for (const [dateMs, signatures] of used.bySecond) {
    if (dateMs >= ms) continue;
    used.bySecond.delete(dateMs);
    used.count -= signatures.size;
  }
}

function forgetOldest(used: Used): void {
  const oldestMs = Math.min(...used.bySecond.keys());
  used.count -= used.bySecond.get(oldestMs)?.size ?? 0;
  used.bySecond.delete(oldestMs);
  used.forgottenMs = oldestMs;
}
