import { chmod, chown, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { connectIn, listenIn } from '#base/unix-socket.ts';
import type { KnownGuest } from '../host.ts';

export interface Relay {
  /** Resolves when every caller has said all, and the other side has it. */
  drained(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Listens in the guest's run folder, for its own user alone, and connects whoever calls with a
 * socket elsewhere: guests of two hosts have different users, and may not see each other's folders.
 * It is ours, so that it ends with us, and what goes over it fails.
 */
export async function openRelay(known: KnownGuest, name: string, target: string): Promise<Relay> {
  const { folder, userId } = known;
  const path = join(folder.run, name);
  await rm(path, { force: true });
  const callers = new Set<Socket>();
  const talks: Promise<void>[] = [];
  const server = createServer({ allowHalfOpen: true }, (caller) => {
    callers.add(caller);
    talks.push(connectBoth(caller, target));
  });
  await listenIn(server, folder.run, name);
  await chmod(path, 0o600);
  if (userId !== null) await chown(path, userId, userId);
  return {
    drained: async () => void (await Promise.all(talks)),
    close: async () => {
      for (const caller of callers) caller.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(path, { force: true });
    },
  };
}

async function connectBoth(caller: Socket, target: string): Promise<void> {
  try {
    const other = await connectIn(dirname(target), basename(target));
    // What comes back ends with the caller: only the way there has to be whole.
    pipeline(other, caller, { end: false }).catch(() => undefined);
    await pipeline(caller, other);
  } catch {
    // Both ends notice, and QEMU says what it could not do.
    caller.destroy();
  }
}
