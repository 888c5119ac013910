import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';

export interface AgentCommand {
  execute: string;
  arguments: Record<string, unknown>;
}

export interface FakeAgent extends AsyncDisposable {
  /** All it was asked, but for the numbers by which answers are told apart. */
  readonly asked: AgentCommand[];
}

/**
 * Listens in the place of the channel to the agent inside a guest.
 * @param answer what it says to a command; undefined for nothing
 * @param before what it says before all else, whoever it is meant for
 */
export async function fakeAgent(
  folder: string,
  answer: (command: AgentCommand) => object | undefined,
  before = '',
): Promise<FakeAgent> {
  const path = join(folder, 'agent.sock');
  await rm(path, { force: true });
  const asked: AgentCommand[] = [];
  const sockets = new Set<Socket>();
  const say = (socket: Socket, line: Buffer | string) => {
    if (!socket.destroyed) socket.write(line);
  };
  const take = (socket: Socket, line: string) => {
    const command = JSON.parse(line.replace(/^\ufffd/, '')) as AgentCommand;
    if (command.execute === 'guest-sync-delimited') {
      say(socket, Buffer.of(0xff));
      say(socket, `${JSON.stringify({ return: command.arguments.id })}\n`);
      return;
    }
    asked.push(command);
    const said = answer(command);
    if (said) say(socket, `${JSON.stringify(said)}\n`);
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (before) say(socket, before);
    let text = '';
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString();
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) take(socket, line);
    });
  });
  server.listen(path);
  await once(server, 'listening');
  return {
    asked,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
