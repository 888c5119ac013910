import { closeSync, constants, openSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import type { Clock } from '#base/clock.ts';
import { withDeadline } from '../deadline.ts';
import { QmpClient } from './client.ts';

/**
 * Connects to a UNIX socket by its folder and name. The kernel takes at most 107 bytes of path;
 * going through our own descriptor of the folder, a state folder may be as deep as it likes.
 */
export function connectSocket(folder: string, name: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const folderFd = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
    const socket = connect({ path: `/proc/self/fd/${folderFd}/${name}` });
    const settled = () => {
      // connect(2) has resolved the address by now: the descriptor is needed no longer.
      closeSync(folderFd);
      socket.off('error', failed);
      socket.off('connect', connected);
    };
    const connected = () => {
      settled();
      resolve(socket);
    };
    const failed = (error: Error) => {
      settled();
      reject(error);
    };
    socket.once('connect', connected);
    socket.once('error', failed);
  });
}

/** Connects, waits for the greeting and leaves the negotiation mode, all within `timeoutMs`. */
export async function connectQmp(
  clock: Clock,
  folder: string,
  name: string,
  timeoutMs: number,
): Promise<QmpClient> {
  const socket = await connectSocket(folder, name);
  const client = new QmpClient(socket, clock);
  try {
    await withDeadline(clock, timeoutMs, 'QMP greeting', client.greeted);
    await client.execute('qmp_capabilities', undefined, timeoutMs);
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}
