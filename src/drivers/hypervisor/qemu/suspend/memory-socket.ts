import { chmod, chown, type FileHandle, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { listenIn } from '#base/unix-socket.ts';
import type { KnownGuest } from '../host.ts';

/** Its name in the run folder, which is QEMU's working folder. */
export const memorySocket = 'memory.sock';

export interface Receiving {
  /** Resolves when the other end has said all; rejects when it could not be written down. */
  done: Promise<void>;
  close(): Promise<void>;
}

/**
 * Listens in the guest's run folder, for its own user alone, and writes what the first caller says
 * into the file.
 */
export async function receiveMemory(known: KnownGuest, file: FileHandle): Promise<Receiving> {
  const { folder, userId } = known;
  const path = join(folder.run, memorySocket);
  await rm(path, { force: true });
  const server = createServer();
  const done = Promise.withResolvers<void>();
  // Whoever closes us has an error of its own to tell.
  done.promise.catch(() => undefined);
  let caller: Socket | undefined;
  server.once('connection', (socket) => {
    caller = socket;
    writeDown(socket, file).then(done.resolve, done.reject);
  });
  await listenIn(server, folder.run, memorySocket);
  await chmod(path, 0o600);
  if (userId !== null) await chown(path, userId, userId);
  return {
    done: done.promise,
    close: async () => {
      caller?.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(path, { force: true });
    },
  };
}

async function writeDown(socket: Socket, file: FileHandle): Promise<void> {
  for await (const chunk of socket) await file.writeFile(chunk as Buffer);
}
