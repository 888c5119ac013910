import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface PlainAnswer {
  status: number;
  contentType: string;
  body: string | Uint8Array;
  headers?: Record<string, string>;
}

export interface PlainRequest {
  method: string;
  /** Decoded, without query. */
  path: string;
}

/** Speaks HTTP on sockets that something else accepted; what they carry is not trusted. */
export interface SocketServer {
  /** `facts` come back with every request on this socket: who is at the other end. */
  accept(socket: Socket, facts: unknown): void;
  close(): void;
}

const headerBytes = 4096;
const requestMs = 10_000;

export function openSocketServer(
  answer: (request: PlainRequest, facts: unknown) => Promise<PlainAnswer>,
): SocketServer {
  const factsOf = new WeakMap<Socket, unknown>();
  const options = {
    maxHeaderSize: headerBytes,
    headersTimeout: requestMs,
    requestTimeout: requestMs,
    keepAliveTimeout: requestMs,
  };
  const server = createServer(options, (request, response) => {
    reply(request, response, factsOf.get(request.socket), answer).catch(() => response.destroy());
  });
  const open = new Set<Socket>();
  return {
    accept: (socket, facts) => {
      factsOf.set(socket, facts);
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      // A guest that resets its connection is no event for us.
      socket.on('error', () => undefined);
      server.emit('connection', socket);
    },
    close: () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

async function reply(
  request: IncomingMessage,
  response: ServerResponse,
  facts: unknown,
  answer: (request: PlainRequest, facts: unknown) => Promise<PlainAnswer>,
): Promise<void> {
  // Nothing that a guest sends is read beyond the request line.
  request.resume();
  const path = decodePath(request.url ?? '/');
  const answered = await answer({ method: request.method ?? '', path }, facts);
  const { status, contentType, body, headers } = answered;
  response.writeHead(status, {
    ...headers,
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function decodePath(url: string): string {
  const [path = '/'] = url.split('?');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
