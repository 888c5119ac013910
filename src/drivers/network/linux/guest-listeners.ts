import type { Server, Socket } from 'node:net';
import type { GuestConnection } from '../network.ts';
import { openGuestListener } from './guest-listener.ts';
import { namespaceNumber } from './in-namespace.ts';
import { namespaceFolder } from './names.ts';

interface Opened {
  server: Server;
  sockets: Set<Socket>;
  /** The number of the namespace in which it listens. */
  within: number | undefined;
}

type Listener = (connection: GuestConnection) => void;

/** The metadata address of every network that has one, all accepted by this process. */
export class GuestListeners {
  readonly #servers = new Map<string, Opened>();
  #listener: Listener | null = null;

  listen(listener: Listener): void {
    this.#listener = listener;
  }

  async ensure(networkId: string, namespace: string): Promise<void> {
    if (await this.#isListening(networkId, namespace)) return;
    // A socket in a namespace that had the name before serves nobody.
    this.remove(networkId);
    const server = await openGuestListener(namespace);
    const sockets = new Set<Socket>();
    const within = await namespaceNumber(`${namespaceFolder}/${namespace}`);
    this.#servers.set(networkId, { server, sockets, within });
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      this.#accept(networkId, socket);
    });
  }

  /** Whether guests find nobody though there is somebody who would answer them. */
  async isMissing(networkId: string, namespace: string): Promise<boolean> {
    return this.#listener !== null && !(await this.#isListening(networkId, namespace));
  }

  async #isListening(networkId: string, namespace: string): Promise<boolean> {
    const opened = this.#servers.get(networkId);
    if (!opened) return false;
    return opened.within === (await namespaceNumber(`${namespaceFolder}/${namespace}`));
  }

  remove(networkId: string): void {
    const opened = this.#servers.get(networkId);
    this.#servers.delete(networkId);
    opened?.server.close();
    // A guest that vanished would keep its half of a connection open for many minutes.
    for (const socket of opened?.sockets ?? []) socket.destroy();
  }

  close(): void {
    for (const networkId of [...this.#servers.keys()]) this.remove(networkId);
  }

  #accept(networkId: string, socket: Socket): void {
    // Whoever serves it adds its own; without any a guest's reset would end our process.
    socket.on('error', () => undefined);
    const address = socket.remoteAddress;
    if (this.#listener === null || address === undefined) socket.resetAndDestroy();
    else this.#listener({ socket, networkId, address });
  }
}
