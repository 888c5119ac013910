import { spawn } from 'node:child_process';
import { Server } from 'node:net';
import { join } from 'node:path';
import { minimalEnvironment } from '#base/process.ts';
import { enter } from './in-namespace.ts';
import { metadataAddress } from './names.ts';

const program = join(import.meta.dirname, 'metadata-listener.mjs');
const startTimeoutMs = 15_000;
/** Of one network at a time; guests are hostile and each connection holds memory of ours. */
const mostConnections = 512;

/**
 * @returns a server of this process that accepts what guests send to 169.254.169.254:80 in
 * `namespace`; it is listening already.
 */
export function openGuestListener(namespace: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const command = [process.execPath, program, metadataAddress, '80'];
    const child = spawn('nsenter', [...enter(namespace), ...command], {
      env: minimalEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      timeout: startTimeoutMs,
      killSignal: 'SIGKILL',
    });
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint = `${complaint}${chunk}`.slice(-2000);
    });
    child.on('error', reject);
    child.on('message', (_message, handle) => {
      if (!(handle instanceof Server)) return;
      handle.maxConnections = mostConnections;
      resolve(handle);
    });
    child.on('close', () => {
      reject(new Error(`no metadata listener in ${namespace}: ${complaint}`));
    });
  });
}
