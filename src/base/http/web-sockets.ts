import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Ids } from '#base/ids.ts';
import { limits } from '#base/limits.ts';
import type { Log } from '#base/log.ts';
import { ByteSocket } from './byte-socket.ts';

/** The request that asks for a WebSocket. */
export interface WebSocketRequest {
  /** Path as sent, without query. */
  path: string;
  query: URLSearchParams;
  /** The page that asks, as its browser says; undefined for programs. */
  origin: string | undefined;
  /** The name under which we were reached. */
  host: string | undefined;
  requestId: string;
}

/** Takes the socket once it is open, or names the HTTP status of the refusal. */
export type Verdict = number | ((socket: ByteSocket) => void);

export interface WebSocketDoor {
  /** Runs before the upgrade; nobody is let in by accident. */
  decide(request: WebSocketRequest): Promise<Verdict>;
}

interface Tools {
  ids: Ids;
  log: Log;
}

/** What console clients may ask for; a client that names none gets plain binary frames. */
const protocols = ['binary', 'base64'];

/** Other upgrades (some clients offer h2c with each request) are none of ours. */
export function mayUpgrade(request: IncomingMessage): boolean {
  return request.method === 'GET' && request.headers.upgrade?.toLowerCase() === 'websocket';
}

/** Lets WebSockets in through the door. The query, which holds secrets, is never logged. */
export function acceptWebSockets(server: Server, door: WebSocketDoor, tools: Tools): void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.consoleFrameBytes,
    perMessageDeflate: false,
    clientTracking: false,
    handleProtocols: (offered) => protocols.find((protocol) => offered.has(protocol)) ?? false,
  });
  server.on('upgrade', (message: IncomingMessage, connection: Duplex, head: Buffer) => {
    // A client that goes away while we decide is no event.
    connection.on('error', () => undefined);
    const request = readRequest(message, tools.ids);
    const { requestId, path } = request;
    const log = (status: number) =>
      tools.log.info({ requestId, method: 'GET', path, status }, 'answered');
    const refuse = (status: number) => {
      log(status);
      connection.end(
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n` +
          `x-openstack-request-id: ${requestId}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
      );
    };
    door.decide(request).then(
      (verdict) => {
        if (typeof verdict === 'number') return refuse(verdict);
        sockets.handleUpgrade(message, connection, head, (socket) => {
          log(101);
          verdict(new ByteSocket(socket));
        });
      },
      (error: unknown) => {
        tools.log.error({ requestId, path, error: String(error) }, 'a WebSocket failed');
        refuse(500);
      },
    );
  });
}

function readRequest(message: IncomingMessage, ids: Ids): WebSocketRequest {
  const [path = '/', query = ''] = (message.url ?? '/').split(/\?(.*)/s);
  const { origin, host } = message.headers;
  const requestId = `req-${ids.uuid()}`;
  return { path, query: new URLSearchParams(query), origin, host, requestId };
}
