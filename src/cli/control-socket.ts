import { mkdirSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Log } from '#base/log.ts';
import { connectIn, listenIn } from '#base/unix-socket.ts';

/**
 * What can be asked of a serving process from the command line of its machine. It says lines for
 * the operator, and with its end the exit code.
 */
export type Ask = (switches: ReadonlySet<string>, say: (line: string) => void) => Promise<number>;

const socketName = 'ask.sock';
/** Nobody else may pass it: who reaches the socket may do what the operator may. */
const folderOf = (stateFolder: string) => join(stateFolder, 'control');
const mostQuestionBytes = 1000;

/** Answers in the folder that the process has locked. @returns the function that ends it. */
export async function answerIn(
  stateFolder: string,
  asks: Readonly<Record<string, Ask>>,
  log: Log,
): Promise<() => Promise<void>> {
  const folder = folderOf(stateFolder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, socketName);
  // One that is there is of a process that was killed: the folder is locked by us.
  await rm(path, { force: true });
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    answer(socket, asks).catch((error) => {
      log.warn({ error: String(error) }, 'a question of the command line was not answered');
      socket.destroy();
    });
  });
  await listenIn(server, folder, socketName);
  await chmod(path, 0o600);
  return async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    await rm(path, { force: true });
  };
}

async function answer(socket: Socket, asks: Readonly<Record<string, Ask>>): Promise<void> {
  // Whoever asked may be gone before it has heard all.
  socket.on('error', () => undefined);
  const { name, switches } = await readQuestion(socket);
  const ask = Object.hasOwn(asks, name) ? asks[name] : undefined;
  if (!ask) throw new Error(`nobody can ask ${JSON.stringify(name)}`);
  const tell = (message: object) => void socket.write(`${JSON.stringify(message)}\n`);
  const code = await ask(new Set(switches), (line) => tell({ line })).catch((error: Error) => {
    tell({ line: error.message });
    return 1;
  });
  tell({ code });
  socket.end();
}

async function readQuestion(socket: Socket): Promise<{ name: string; switches: string[] }> {
  let text = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (text.includes('\n')) return JSON.parse(text);
    if (text.length > mostQuestionBytes) break;
  }
  throw new Error('no question was asked');
}

/** @returns the exit code; undefined where no process answers in that folder. */
export async function askIn(
  stateFolder: string,
  name: string,
  switches: ReadonlySet<string>,
  say: (line: string) => void,
): Promise<number | undefined> {
  const socket = await connectIn(folderOf(stateFolder), socketName).catch(() => undefined);
  if (!socket) return undefined;
  try {
    socket.write(`${JSON.stringify({ name, switches: [...switches] })}\n`);
    for await (const text of createInterface({ input: socket })) {
      const message = JSON.parse(text) as { line: string } | { code: number };
      if ('code' in message) return message.code;
      say(message.line);
    }
  } finally {
    socket.destroy();
  }
  throw new Error('the serving process ended while it was asked');
}
