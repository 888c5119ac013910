import type { Socket } from 'node:net';
import { limits } from '#base/limits.ts';
import { connectIn } from '#base/unix-socket.ts';
import { withDeadline } from '../deadline.ts';
import type { QemuHost } from '../host.ts';
import { sockets } from '../process/command-line.ts';
import { readLines } from '../qmp/lines.ts';

/** Said inside the guest by whoever holds its end of the channel: nothing of it is believed. */
export class GuestAgentRefusal extends Error {
  override readonly name = 'GuestAgentRefusal';
}

/** Throws for a guest that does not run: nobody in it could answer. */
export async function askGuestAgent(
  host: QemuHost,
  guestId: string,
  command: string,
  args: object = {},
  signal?: AbortSignal,
): Promise<unknown> {
  const known = host.guests.get(guestId);
  if (!known?.live) throw new Error('the guest is off');
  if (known.live.power !== 'running') throw new Error('the guest stands still');
  return askAgentAt(host, known.folder.run, command, args, signal);
}

/**
 * Asks the agent that listens inside a guest. Throws GuestAgentRefusal when it refuses, and
 * DeadlineExceeded when there is no answer in time; then the command may still be carried out.
 * @param folder of the guest's sockets
 */
export async function askAgentAt(
  { clock }: Pick<QemuHost, 'clock'>,
  folder: string,
  command: string,
  args: object,
  signal?: AbortSignal,
): Promise<unknown> {
  signal?.throwIfAborted();
  const socket = await connectIn(folder, sockets.agent);
  const end = () => socket.destroy();
  signal?.addEventListener('abort', end, { once: true });
  // It may have been called off while we connected, when nobody listened to that.
  if (signal?.aborted) end();
  try {
    const answer = answerOf(socket, clock.nowMs(), command, args);
    return await withDeadline(clock, limits.guestAgentMs, `guest agent: ${command}`, answer);
  } finally {
    signal?.removeEventListener('abort', end);
    socket.destroy();
  }
}

/** What an agent's parser starts afresh at, and what it marks its answer to `sync` with. */
const fresh = 0xff;
/** As `fresh` is read: it is no text. */
const freshText = '\ufffd';

/** @param syncId whoever asked before may have left answers behind: ours come after this number */
function answerOf(socket: Socket, syncId: number, command: string, args: object): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  let isOurs = false;
  let receivedBytes = 0;
  socket.on('error', reject);
  socket.once('close', () => reject(new Error('the channel to the guest agent was closed')));
  socket.on('data', (chunk: Buffer) => {
    receivedBytes += chunk.length;
    const isTooMuch = receivedBytes > limits.guestAgentBytes;
    if (isTooMuch) socket.destroy(new Error('the guest agent says too much'));
  });
  readLines(socket, (line) => {
    const message = readAnswer(line.slice(line.lastIndexOf(freshText) + 1));
    if (!message) return;
    if (!isOurs) isOurs = message.return === syncId;
    else if ('return' in message) resolve(message.return);
    else reject(refusal(command, message.error));
  });
  // Both at once: a command that undoes something must reach a guest that is slow to answer.
  const sync = { execute: 'guest-sync-delimited', arguments: { id: syncId } };
  const lines = [sync, { execute: command, arguments: args }].map((one) => JSON.stringify(one));
  socket.write(Buffer.concat([Buffer.of(fresh), Buffer.from(`${lines.join('\n')}\n`)]));
  return promise;
}

/** Undefined for what is no answer: rests of older ones, or noise. */
function readAnswer(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    return 'return' in value || 'error' in value ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Only printable characters, and few of them: it ends up in a record. */
function refusal(command: string, error: unknown): GuestAgentRefusal {
  const isRecord = typeof error === 'object' && error !== null;
  const said = isRecord && 'desc' in error ? String(error.desc) : 'no reason';
  const reason = said.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 200);
  return new GuestAgentRefusal(`guest agent: ${command}: ${reason}`);
}
