import type { Database } from '#db/database.ts';
import type { IdentityContext } from '../context.ts';
import type { AccessKey } from './access-key.ts';
import { noteKeyUse } from './store.ts';

/**
 * When which key was last used, for those used since this was last written down: a request that
 * only reads must not make a write of it. What a crash takes is minutes of one column.
 */
export class KeyUses {
  #usedMs = new Map<string, number>();

  note(access: string, nowMs: number): void {
    this.#usedMs.set(access, nowMs);
  }

  find(access: string): number | undefined {
    return this.#usedMs.get(access);
  }

  /** Writes down what is known and forgets it. */
  async writeDown(database: Database): Promise<void> {
    if (this.#usedMs.size === 0) return;
    const uses = this.#usedMs;
    this.#usedMs = new Map();
    await database.note(async (tx) => {
      for (const [access, usedMs] of uses) await noteKeyUse(tx, access, usedMs);
    });
  }
}

/** When the key was last used; null when it never was. */
export function usedAtMs(context: IdentityContext, key: AccessKey): number | null {
  return context.keyUses.find(key.access) ?? key.usedMs;
}
