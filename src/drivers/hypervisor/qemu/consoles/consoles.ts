import type { Duplex } from 'node:stream';
import { connectIn } from '#base/unix-socket.ts';
import type { ConsoleKind } from '../../hypervisor.ts';
import type { QemuHost } from '../host.ts';
import { sockets } from '../process/command-line.ts';
import { SharedSerial } from './shared-serial.ts';

/** The consoles of one host's guests. QEMU's VNC server takes many viewers, its serial port one. */
export class Consoles {
  readonly #host: QemuHost;
  readonly #serials = new Map<string, Promise<SharedSerial>>();
  readonly #screens = new Set<Duplex>();

  constructor(host: QemuHost) {
    this.#host = host;
  }

  async open(guestId: string, kind: ConsoleKind): Promise<Duplex | undefined> {
    const known = this.#host.guests.get(guestId);
    if (!known?.live) return undefined;
    const { run } = known.folder;
    try {
      if (kind === 'serial') return (await this.#serial(guestId, run)).attach();
      const screen = await connectIn(run, sockets.vnc);
      // A QEMU that ends resets its connections; whoever looked sees the end.
      screen.on('error', () => undefined);
      this.#screens.add(screen);
      screen.once('close', () => this.#screens.delete(screen));
      return screen;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT' || code === 'ECONNREFUSED') return undefined;
      throw error;
    }
  }

  close(): void {
    for (const screen of this.#screens) screen.destroy();
    for (const serial of this.#serials.values()) {
      serial.then((shared) => shared.close()).catch(() => undefined);
    }
  }

  #serial(guestId: string, folder: string): Promise<SharedSerial> {
    const found = this.#serials.get(guestId);
    if (found) return found;
    const forget = () => {
      if (this.#serials.get(guestId) === opening) this.#serials.delete(guestId);
    };
    const opening = connectIn(folder, sockets.serial).then(
      (socket) => new SharedSerial(socket, forget),
    );
    this.#serials.set(guestId, opening);
    opening.catch(forget);
    return opening;
  }
}
