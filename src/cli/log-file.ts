import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';

/** One file and one predecessor of this size are kept: enough to look back, never a full disk. */
const defaultMaxBytes = 16 * 1024 * 1024;

/** Lines are gathered into writes of this size, but never kept back for longer than this. */
const gatheredBytes = 4096;
const gatherMs = 100;

export interface LogFile {
  write(line: string): void;
  /** Puts everything written so far on the disk and closes the file. */
  close(): void;
}

/** Opens `logs/cumulet.log` in the state directory, mode 0600. */
export function openLogFile(stateDirectory: string, maxBytes = defaultMaxBytes): LogFile {
  const directory = join(stateDirectory, 'logs');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, 'cumulet.log');
  let sizeBytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const destination = pino.destination({
    dest: path,
    mode: 0o600,
    sync: true,
    minLength: gatheredBytes,
    periodicFlush: gatherMs,
  });
  // A full disk must not end the cloud; what cannot be logged is lost.
  destination.on('error', () => undefined);
  return {
    write(line) {
      sizeBytes += Buffer.byteLength(line);
      if (sizeBytes > maxBytes) {
        destination.flushSync();
        renameSync(path, `${path}.1`);
        destination.reopen();
        sizeBytes = Buffer.byteLength(line);
      }
      destination.write(line);
    },
    close() {
      destination.flushSync();
      destination.end();
    },
  };
}
