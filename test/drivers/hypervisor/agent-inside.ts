import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { eventually } from '#test/eventually.ts';

const answerTimeoutMs = 60_000;
/** Programs that tests run in guests are small, but guests are emulated. */
const programTimeoutMs = 120_000;

/**
 * Sends one line to the agent inside a guest. One that was away answers what others asked before
 * and did not wait for; a number that nobody said before tells where our own answer begins.
 * @returns the line that it answers
 */
export async function askAgent(socketPath: string, command: object): Promise<string> {
  const socket: Socket = connect(socketPath);
  try {
    await once(socket, 'connect');
    let text = '';
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString();
    });
    const id = randomInt(2 ** 31);
    const lines = [{ execute: 'guest-sync', arguments: { id } }, command];
    socket.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return await eventually(
      'an answer of the agent',
      () => {
        const answers = text.split('\n').slice(0, -1);
        const own = answers.findIndex((line) => JSON.parse(line).return === id);
        return own < 0 ? undefined : answers[own + 1];
      },
      answerTimeoutMs,
    );
  } finally {
    socket.destroy();
  }
}

/** Runs a shell command in the guest by its agent. @returns what it printed. */
export async function runInside(socketPath: string, command: string): Promise<string> {
  const execute = { path: '/bin/sh', arg: ['-c', command], 'capture-output': true };
  const begun = await askAgent(socketPath, { execute: 'guest-exec', arguments: execute });
  const { pid } = JSON.parse(begun).return;
  const result = async () => {
    const status = { execute: 'guest-exec-status', arguments: { pid } };
    const { return: found } = JSON.parse(await askAgent(socketPath, status));
    if (!found.exited) return undefined;
    return Buffer.from(`${found['out-data'] ?? ''}`, 'base64').toString() || ' ';
  };
  return eventually(command, result, programTimeoutMs);
}
