import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Duplex } from 'node:stream';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { systemClock } from '#base/clock.ts';
import { acceptWebSockets } from '#base/http/web-sockets.ts';
import { randomIds } from '#base/ids.ts';
import { silentLog } from '#base/log.ts';
import { Session } from '#remote-consoles/session.ts';
import { ConsoleSocket } from '#test/consoles.ts';
import { eventually } from '#test/eventually.ts';

/** Far below what an endless guest would pour out unasked, and above what a kernel keeps. */
const boundBytes = 32 * 1024 * 1024;
const steadyTurns = 2000;

/** A session between a real WebSocket and a guest of the test's. */
async function openSession(guest: Duplex) {
  const server = createServer();
  const parts = { clock: systemClock, guest, mayGoOn: async () => true };
  const decide = async () => (socket: ConstructorParameters<typeof Session>[0]['socket']) =>
    void new Session({ ...parts, socket });
  acceptWebSockets(server, { decide }, { ids: randomIds, log: silentLog });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const socket = await ConsoleSocket.open(`http://127.0.0.1:${port}`, 'x');
  return {
    socket,
    [Symbol.asyncDispose]: async () => {
      await socket[Symbol.asyncDispose]();
      server.close();
    },
  };
}

/** Waits until the figure stands still for long. */
async function steady(figure: () => number): Promise<number> {
  let last = figure();
  for (let turns = 0; turns < steadyTurns; turns += 1) {
    await turn();
    if (figure() !== last) [last, turns] = [figure(), 0];
    assert.ok(last < boundBytes, 'the other side does not wait');
  }
  return last;
}

test('a guest that never stops is read only as fast as its user reads', async () => {
  let poured = 0;
  const chunk = Buffer.alloc(64 * 1024);
  const guest = new Duplex({
    read() {
      poured += chunk.length;
      this.push(chunk);
    },
    write: (_bytes, _encoding, done) => done(),
  });
  await using session = await openSession(guest);
  const { socket } = session.socket;
  // What came is only counted by its source: keeping it all would be slow.
  socket.removeAllListeners('message');
  socket.pause();
  const before = await steady(() => poured);
  socket.resume();
  await eventually('more of it', () => poured > before + boundBytes, 60_000);
});

test('a user who never stops is heard only as fast as the guest listens', async () => {
  let heard = 0;
  let isListening = false;
  let goOn: (() => void) | undefined;
  const guest = new Duplex({
    read: () => undefined,
    write(bytes: Buffer, _encoding, done) {
      heard += bytes.length;
      if (isListening) done();
      else goOn = done;
    },
  });
  await using session = await openSession(guest);
  const { socket } = session.socket;
  const frame = Buffer.alloc(64 * 1024);
  const total = 2 * boundBytes;
  for (let sent = 0; sent < total; sent += frame.length) socket.send(frame);
  await eventually('the first of it', () => heard > 0);
  const sent = () => total - socket.bufferedAmount;
  await steady(sent);
  assert.ok(heard < 1024 * 1024, 'the guest was asked to take no more than it took');
  isListening = true;
  goOn?.();
  await eventually('all of it', () => heard === total, 60_000);
});
