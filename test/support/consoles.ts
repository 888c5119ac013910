import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Client } from './client.ts';
import { eventually } from './eventually.ts';

export type ServedType = 'novnc' | 'serial';

/** The token in an address, which for a screen stands in the page's `path`. */
export function tokenOf(address: string): string {
  const { searchParams } = new URL(address);
  const inner = new URLSearchParams((searchParams.get('path') ?? '').slice(1));
  return searchParams.get('token') ?? inner.get('token') ?? '';
}

/** Asks for a console as its user. @returns the token. */
export async function consoleToken(
  client: Client,
  serverId: string,
  type: ServedType,
): Promise<string> {
  const protocol = type === 'novnc' ? 'vnc' : 'serial';
  const answer = await client.post(
    `/v2.1/servers/${serverId}/remote-consoles`,
    { remote_console: { protocol, type } },
    { 'openstack-api-version': 'compute 2.6' },
  );
  if (answer.status !== 200) throw new Error(`console: ${JSON.stringify(answer.body)}`);
  return tokenOf(answer.body.remote_console.url);
}

export interface SocketOptions {
  origin?: string;
  protocols?: string[];
  path?: string;
}

/** A client's end of a console. */
export class ConsoleSocket implements AsyncDisposable {
  readonly socket: WebSocket;
  received: Buffer = Buffer.alloc(0);
  /** The code and reason with which it was closed. */
  closed: { code: number; reason: string } | undefined;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      this.received = Buffer.concat([this.received, data]);
    });
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
    });
    socket.on('error', () => undefined);
  }

  /** Throws with the HTTP status when the door stays shut. */
  static async open(
    url: string,
    token: string,
    options: SocketOptions = {},
  ): Promise<ConsoleSocket> {
    const { origin, protocols = [], path = '/' } = options;
    const address = `${url.replace('http', 'ws')}${path}?token=${token}`;
    const socket = new WebSocket(address, protocols, origin === undefined ? {} : { origin });
    const opened = new ConsoleSocket(socket);
    const refused = once(socket, 'unexpected-response').then(([request, response]) => {
      request.destroy();
      throw new Error(`refused: ${response.statusCode}`);
    });
    refused.catch(() => undefined);
    await Promise.race([once(socket, 'open'), refused]);
    return opened;
  }

  send(data: string | Uint8Array): void {
    this.socket.send(typeof data === 'string' ? Buffer.from(data) : data);
  }

  async says(pattern: RegExp, timeoutMs?: number): Promise<string> {
    const text = () => this.received.toString();
    await eventually(`${pattern} on the console`, () => pattern.test(text()), timeoutMs);
    return text();
  }

  /** Takes this many bytes from what came, waiting for them. */
  async take(byteCount: number): Promise<Buffer> {
    await eventually(`${byteCount} bytes`, () => this.received.length >= byteCount);
    const taken = this.received.subarray(0, byteCount);
    this.received = this.received.subarray(byteCount);
    return taken;
  }

  async ends(): Promise<{ code: number; reason: string }> {
    return eventually('the end of the console', () => this.closed);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.terminate();
    await this.ends();
  }
}
