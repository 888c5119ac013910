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
  /** The body, or undefined when it is longer. Unless asked for it is thrown away unread. */
  readBody(maxBytes: number): Promise<Uint8Array | undefined>;
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
  const asked: PlainRequest = {
    method: request.method ?? '',
    path: decodePath(request.url ?? '/'),
    readBody: (maxBytes) => readBody(request, maxBytes),
  };
  const answered = await answer(asked, facts);
  request.resume();
  const { status, contentType, body, headers } = answered;
  response.writeHead(status, {
    ...headers,
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** What is a little longer is read to its end, so that the refusal arrives; more is cut off. */
async function readBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Uint8Array).length;
    if (size > maxBytes * 64) throw new Error('the body does not end');
    if (size <= maxBytes) chunks.push(chunk as Uint8Array);
  }
  return size <= maxBytes ? Buffer.concat(chunks) : undefined;
}

function decodePath(url: string): string {
  const [path = '/'] = url.split('?');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
