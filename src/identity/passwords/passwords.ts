import type { Ids } from '#base/ids.ts';
import { limits } from '#base/limits.ts';
import { identityErrors } from '../errors.ts';
import { formatHash, hashPassword, keyBytes, matchesHash, type PasswordCost } from './hash.ts';

const saltBytes = 16;

/**
 * Hashes and checks passwords, a few at a time: each takes a thread of Node's pool, which files
 * and name look-ups of other requests need too.
 */
export class Passwords {
  #ids: Ids;
  #cost: PasswordCost;
  #running = 0;
  #waiting: (() => void)[] = [];
  #nobodysHash: string;
  #count = 0;

  constructor(ids: Ids, cost: PasswordCost) {
    this.#ids = ids;
    this.#cost = cost;
    this.#nobodysHash = formatHash(cost, ids.secret(saltBytes), ids.secret(keyBytes));
  }

  /** Hashes made so far: the work that strangers may cause, and what time tells of it. */
  get count(): number {
    return this.#count;
  }

  hash(password: string): Promise<string> {
    return this.#inTurn(() => hashPassword(password, this.#ids.secret(saltBytes), this.#cost));
  }

  /**
   * @param stored null for an unknown user or one without password: the answer is then false, for
   *   the same work, so that time does not tell which names exist.
   */
  async matches(password: string, stored: string | null): Promise<boolean> {
    const matched = await this.#inTurn(() => matchesHash(password, stored ?? this.#nobodysHash));
    return matched && stored !== null;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= limits.concurrentPasswordHashes) {
      if (this.#waiting.length >= limits.waitingPasswordHashes) {
        throw identityErrors.tooManyLogins();
      }
      // The one that ends hands its place over, so the count stays as it is.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    this.#count += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
