import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sortedNames } from './durable.ts';

/**
 * Files on their way in. Each has a name nobody else looks for until it is whole; a sweep removes
 * those that no call of this process is writing any more.
 */
export interface Incoming {
  /** Calls `write` with a fresh path, and removes what is left there when it is over. */
  with<T>(write: (path: string) => Promise<T>): Promise<T>;
  sweep(): Promise<void>;
}

export function openIncoming(folder: string): Incoming {
  const inUse = new Set<string>();
  let lastNumber = 0;
  return {
    with: async (write) => {
      // One process has the folder, and swept it when it opened it: a count is unique.
      lastNumber += 1;
      const name = `${lastNumber}`;
      const path = join(folder, name);
      inUse.add(name);
      try {
        return await write(path);
      } finally {
        await rm(path, { recursive: true, force: true });
        inUse.delete(name);
      }
    },
    sweep: async () => {
      for (const name of await sortedNames(folder)) {
        if (!inUse.has(name)) await rm(join(folder, name), { recursive: true, force: true });
      }
    },
  };
}
