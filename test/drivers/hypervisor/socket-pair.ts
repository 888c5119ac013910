import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '../storage/temporary-folder.ts';

/** Both ends of one connection, over a UNIX socket as QEMU's are. */
export async function socketPair(): Promise<{ near: Socket; far: Socket }> {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'socket');
  const server = createServer().listen(path);
  await once(server, 'listening');
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const near = connect(path);
  const [far] = await accepted;
  if (near.connecting) await once(near, 'connect');
  server.close();
  return { near, far };
}
