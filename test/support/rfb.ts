import assert from 'node:assert/strict';
import type { ConsoleSocket } from './consoles.ts';

export interface Screen {
  width: number;
  height: number;
  name: string;
}

/** Speaks RFB 3.8 as a viewer without a password does, up to the screen's size and name. */
export async function shakeHands(socket: ConsoleSocket): Promise<Screen> {
  assert.equal((await socket.take(12)).toString(), 'RFB 003.008\n');
  socket.send('RFB 003.008\n');
  const [kinds = 0] = await socket.take(1);
  assert.ok((await socket.take(kinds)).includes(1), 'no security is offered');
  socket.send(Uint8Array.of(1));
  assert.equal((await socket.take(4)).readUInt32BE(), 0, 'the security was accepted');
  socket.send(Uint8Array.of(0));
  const head = await socket.take(24);
  const name = (await socket.take(head.readUInt32BE(20))).toString();
  return { width: head.readUInt16BE(0), height: head.readUInt16BE(2), name };
}

/** Asks for the whole screen, in raw pixels. @returns the colours that are in its first part. */
export async function readScreen(socket: ConsoleSocket, screen: Screen): Promise<Set<number>> {
  // SetEncodings: raw alone.
  socket.send(Uint8Array.of(2, 0, 0, 1, 0, 0, 0, 0));
  const request = Buffer.alloc(10);
  request[0] = 3;
  request.writeUInt16BE(screen.width, 6);
  request.writeUInt16BE(screen.height, 8);
  socket.send(request);
  const head = await socket.take(16);
  assert.equal(head[0], 0, 'a framebuffer update');
  assert.ok(head.readUInt16BE(2) >= 1);
  assert.equal(head.readInt32BE(12), 0, 'raw pixels');
  const [width, height] = [head.readUInt16BE(8), head.readUInt16BE(10)];
  const pixels = await socket.take(width * height * 4);
  const colours = new Set<number>();
  for (let at = 0; at < pixels.length; at += 4) colours.add(pixels.readUInt32LE(at));
  return colours;
}
