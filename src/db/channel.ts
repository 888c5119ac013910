import type { Queries } from './database.ts';

/** Told of what the processes on one database say to each other. */
export interface Ears {
  /** Another process said this, in a transaction that is committed. */
  heard(text: string): void;
  /** For a while nothing could be heard: whatever could have been said may have been said. */
  missed(): void;
}

/** By which the processes that serve one database tell each other what has changed. */
export interface Channel {
  /** Whether there may be others at all. */
  readonly isShared: boolean;
  /**
   * Whether all is heard that was said until a moment ago. While it is not, nothing that is kept
   * in memory may be trusted.
   */
  isCurrent(): boolean;
  /** Told to all others when the transaction commits, and to nobody when it does not. */
  say(tx: Queries, text: string): Promise<Said>;
}

export interface Said {
  /**
   * Resolves when the database has told those who listen, after the commit; at once where nobody
   * can be told.
   */
  whenTold(): Promise<void>;
}

const told: Said = { whenTold: () => Promise.resolve() };

/** Of a database that one process has for itself. */
export const silentChannel: Channel = {
  isShared: false,
  isCurrent: () => true,
  say: () => Promise.resolve(told),
};
