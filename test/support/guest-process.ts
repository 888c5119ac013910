import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { processesByGuest } from '#drivers/hypervisor/qemu/process/host-process.ts';
import { eventually } from './eventually.ts';

/** A process that stands where a guest's does and says whose it is; it is no QEMU. */
export interface PlayedGuest extends Disposable {
  processId: number;
  /** What ended it. */
  signalName: Promise<NodeJS.Signals | null>;
}

/** @param folder of the guest's host */
export async function playGuest(folder: string, id: string): Promise<PlayedGuest> {
  const cwd = join(folder, 'guests', id, 'run');
  mkdirSync(cwd, { recursive: true });
  const program = 'setInterval(() => undefined, 1000)';
  const child = spawn(process.execPath, ['-e', program, '--', '-uuid', id], { cwd });
  const signalName = once(child, 'exit').then(([, name]) => name);
  const isThere = () => processesByGuest(join(folder, 'guests')).has(id);
  await eventually('the guest is there', isThere, 60_000);
  const end = () => void child.kill('SIGKILL');
  return { processId: child.pid ?? 0, signalName, [Symbol.dispose]: end };
}
