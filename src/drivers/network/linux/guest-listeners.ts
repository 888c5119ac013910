import type { Server, Socket } from 'node:net';
import type { GuestConnection } from '../network.ts';
import { openGuestListener } from './guest-listener.ts';

type Listener = (connection: GuestConnection) => void;

/** The metadata address of every network that has one, all accepted by this process. */
export class GuestListeners {
  readonly #servers = new Map<string, Server>();
  #listener: Listener | null = null;

  listen(listener: Listener): void {
    this.#listener = listener;
  }

  async ensure(networkId: string, namespace: string): Promise<void> {
    if (this.#servers.has(networkId)) return;
    const server = await openGuestListener(namespace);
    this.#servers.set(networkId, server);
    server.on('connection', (socket) => this.#accept(networkId, socket));
  }

  /** Connections that are open already live on. */
  async remove(networkId: string): Promise<void> {
    const server = this.#servers.get(networkId);
    this.#servers.delete(networkId);
    server?.close();
  }

  async close(): Promise<void> {
    for (const networkId of [...this.#servers.keys()]) await this.remove(networkId);
  }

  #accept(networkId: string, socket: Socket): void {
    // Whoever serves it adds its own; without any a guest's reset would end our process.
    socket.on('error', () => undefined);
    const address = socket.remoteAddress;
    if (this.#listener === null || address === undefined) socket.resetAndDestroy();
    else this.#listener({ socket, networkId, address });
  }
}
