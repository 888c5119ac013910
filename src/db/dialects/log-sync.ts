import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';
import { promisify } from 'node:util';

/** Where a log lies, and how it gets to stable storage. */
export interface LogDisk {
  sync(): Promise<void>;
  syncNow(): void;
  close(): void;
}

/** SQLite's write-ahead log, which is there since the first change and stays the same file. */
export function logFile(path: string): LogDisk {
  let fileDescriptor: number | undefined;
  const open = () => {
    fileDescriptor ??= openSync(path, 'r');
    return fileDescriptor;
  };
  const syncBeside = promisify(fdatasync);
  return {
    sync: () => syncBeside(open()),
    syncNow: () => fdatasyncSync(open()),
    close: () => {
      if (fileDescriptor !== undefined) closeSync(fileDescriptor);
    },
  };
}

/**
 * Commits only write to the log; those who promise something wait here. All who wait at one time
 * are served by one call to the disk, made beside the requests instead of between them.
 */
export class LogSync {
  readonly #disk: LogDisk;
  /** Commits in the log, and how many of them are on the disk. */
  #committed = 0;
  #durable = 0;
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #failure: Error | undefined;

  constructor(disk: LogDisk) {
    this.#disk = disk;
  }

  /** A commit has been written to the log. */
  noteCommit(): void {
    this.#committed += 1;
  }

  /** Resolves when all that is committed by now is on stable storage. */
  flush(): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure);
    if (this.#committed === this.#durable) return Promise.resolve();
    // A call that is on its way may have begun before the last commit: the one after it counts.
    this.#next ??= this.#running.then(() => this.#sync());
    return this.#next;
  }

  /** The same at once, for a single statement that stands in no transaction. */
  flushNow(): void {
    if (this.#failure) throw this.#failure;
    try {
      this.#disk.syncNow();
    } catch (error) {
      throw this.#fail(error);
    }
    this.#durable = this.#committed;
  }

  close(): void {
    this.#disk.close();
  }

  #sync(): Promise<void> {
    this.#next = undefined;
    if (this.#failure) return Promise.reject(this.#failure);
    const committed = this.#committed;
    const synced = this.#disk.sync().then(
      () => {
        this.#durable = Math.max(this.#durable, committed);
      },
      (error: unknown) => {
        throw this.#fail(error);
      },
    );
    // The next one begins after this one, however it ended.
    this.#running = synced.catch(() => undefined);
    return synced;
  }

  /** After a failure nobody can tell what the disk holds, so nothing more is promised. */
  #fail(error: unknown): Error {
    this.#failure ??= new Error(`the database log could not be written to the disk: ${error}`);
    return this.#failure;
  }
}
