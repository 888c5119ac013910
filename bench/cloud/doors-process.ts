import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DoorsSaid } from './doors.ts';

const scriptPath = join(import.meta.dirname, 'doors.ts');
/** Linux counts processor time in hundredths of a second, whatever its own clock. */
const tickMs = 10;

export interface DoorsProcess extends AsyncDisposable {
  readonly said: DoorsSaid;
  /** What the process has taken of all processors since it began. */
  processorMs(): number;
}

export async function startDoors(): Promise<DoorsProcess> {
  const child = spawn(process.execPath, [...process.execArgv, scriptPath], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(() => {
      throw new Error('the cloud ended before it was ready');
    }),
  ]);
  return {
    said: JSON.parse(line) as DoorsSaid,
    processorMs: () => processorMs(child.pid ?? 0),
    [Symbol.asyncDispose]: async () => {
      const gone = once(child, 'exit');
      child.stdin.end();
      await gone;
    },
  };
}

function processorMs(processId: number): number {
  const text = readFileSync(`/proc/${processId}/stat`, 'utf8');
  // The name before may hold blanks; after it, user and system time are the 12th and 13th.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}
