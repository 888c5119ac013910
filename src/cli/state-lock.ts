import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Held by the one process that may write to a state directory. */
export interface StateLock {
  release(): void;
}

/** The process that a pid file names, proven to be the one that wrote it. */
export interface Holder {
  processId: number;
}

/**
 * Takes the state directory for this process, making it if need be.
 *
 * The lock is SQLite's own lock on an empty file. The kernel drops it with the process, however
 * that ends, so there is never a stale lock to judge; a pid file alone could not promise that.
 * @returns undefined when another process holds the directory.
 */
export function lockState(stateDirectory: string): StateLock | undefined {
  // Nobody else may list it. Guests run as another user and must pass through to their own files;
  // what is secret is a file of mode 0600.
  mkdirSync(stateDirectory, { recursive: true, mode: 0o700 });
  const file = new DatabaseSync(join(stateDirectory, 'cumulet.lock'));
  try {
    file.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
  const pidFile = pidFilePath(stateDirectory);
  writeFileSync(pidFile, `${process.pid}\n${startTicks(process.pid) ?? ''}\n`, { mode: 0o600 });
  const release = () => {
    process.off('exit', release);
    rmSync(pidFile, { force: true });
    file.close();
  };
  // Also keeps the file reachable: a database that nobody refers to is closed, its lock with it.
  process.on('exit', release);
  return { release };
}

/** Who holds the directory, as far as its pid file can prove it. */
export function findHolder(stateDirectory: string): Holder | undefined {
  const [idText, ticks] = readText(pidFilePath(stateDirectory))?.split('\n') ?? [];
  const processId = Number(idText);
  if (!Number.isSafeInteger(processId) || processId <= 1 || !ticks) return undefined;
  return startTicks(processId) === ticks ? { processId } : undefined;
}

function pidFilePath(stateDirectory: string): string {
  return join(stateDirectory, 'cumulet.pid');
}

/**
 * When a process began, in the kernel's ticks: with the id it names one process for good, so a
 * recycled id is never mistaken for ours. Undefined when there is no such process.
 */
function startTicks(processId: number): string | undefined {
  const text = readText(`/proc/${processId}/stat`);
  // The name in brackets may hold spaces and brackets; fields are counted after its end.
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19];
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function isBusy(error: unknown): boolean {
  const sqliteBusy = 5;
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
}
