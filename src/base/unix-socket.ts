import { closeSync, constants, openSync } from 'node:fs';
import { connect, type Server, type Socket } from 'node:net';

/**
 * UNIX sockets by folder and name. The kernel takes at most 107 bytes of path; going through our
 * own descriptor of the folder, that may be as deep as it likes.
 */
export async function listenIn(server: Server, folder: string, name: string): Promise<void> {
  const folderFd = openFolder(folder);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(pathIn(folderFd, name), resolve);
    });
  } finally {
    closeSync(folderFd);
  }
}

/** Throws what connect(2) throws: ENOENT where there is none, ECONNREFUSED where nobody listens. */
export function connectIn(folder: string, name: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const folderFd = openFolder(folder);
    const socket = connect({ path: pathIn(folderFd, name) });
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

const openFolder = (folder: string) => openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
const pathIn = (folderFd: number, name: string) => `/proc/self/fd/${folderFd}/${name}`;
