import { spawn } from 'node:child_process';
import { Server, Socket } from 'node:net';
import { join } from 'node:path';

const program = join(import.meta.dirname, 'namespace-socket.mjs');

function inNamespace(namespace: string, args: string[], timeoutMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const enter = [`--net=/run/netns/${namespace}`, '--', process.execPath, program];
    const child = spawn('nsenter', [...enter, ...args], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    child.on('message', (message, handle) => {
      if (handle !== undefined) resolve(handle);
      else if (message === 'sent') resolve(null);
      else reject(new Error(`refused: ${JSON.stringify(message)}`));
    });
    child.on('close', () => reject(new Error(`no answer: ${args.join(' ')}`)));
  });
}

/** A server of this process that listens in the namespace. */
export async function listenIn(namespace: string, host: string, port: number): Promise<Server> {
  const server = await inNamespace(namespace, ['listen', host, String(port)], 10_000);
  if (!(server instanceof Server)) throw new Error('no server was handed over');
  // A test that fails in the middle shall end, not wait for its sockets.
  server.unref();
  server.on('connection', (socket: Socket) => socket.unref());
  return server;
}

/** Rejects with `refused` (a reset) or `no answer` (dropped, after `timeoutMs`). */
export async function connectIn(
  namespace: string,
  host: string,
  port: number,
  timeoutMs = 10_000,
): Promise<Socket> {
  const socket = await inNamespace(namespace, ['connect', host, String(port)], timeoutMs);
  if (!(socket instanceof Socket)) throw new Error('no socket was handed over');
  socket.on('error', () => undefined);
  socket.unref();
  return socket;
}

export async function sendDatagramIn(
  namespace: string,
  from: number,
  host: string,
  port: number,
): Promise<void> {
  await inNamespace(namespace, ['send', host, String(port), String(from)], 10_000);
}
