import type { Socket } from 'node:net';

/** A QMP line is a few hundred bytes; more than this is a peer that has gone wrong. */
const maxLineBytes = 4 * 1024 * 1024;

/**
 * Cuts what the socket brings into lines. The socket is destroyed with an error when a line
 * grows past the limit, so that a hostile peer cannot fill our memory.
 */
export function readLines(socket: Socket, onLine: (line: string) => void): void {
  let parts: Buffer[] = [];
  let sizeBytes = 0;
  socket.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...parts, chunk.subarray(from, at)])
        .toString()
        .trim();
      parts = [];
      sizeBytes = 0;
      from = at + 1;
      if (line) onLine(line);
      if (socket.destroyed) return;
    }
    parts.push(chunk.subarray(from));
    sizeBytes += chunk.length - from;
    if (sizeBytes > maxLineBytes) socket.destroy(new Error('QMP line is too long'));
  });
}
