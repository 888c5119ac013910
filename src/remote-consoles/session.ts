import type { Duplex } from 'node:stream';
import type { Clock } from '#base/clock.ts';
import type { ByteSocket } from '#base/http/byte-socket.ts';
import { limits } from '#base/limits.ts';

/** Why a console ended, with the code that the WebSocket closes with. */
export const endings = {
  /** The guest's process ended: deleted, stopped, moved to another host. */
  guest: { code: 1001, reason: 'the console of the server ended' },
  rights: { code: 1008, reason: 'the right to this console ended' },
  idle: { code: 1000, reason: 'nothing was sent for a long time' },
  silence: { code: 1001, reason: 'no answer' },
  closing: { code: 1012, reason: 'the service stops' },
} as const;

export type Ending = keyof typeof endings;

export interface SessionParts {
  clock: Clock;
  socket: ByteSocket;
  guest: Duplex;
  /** Whether its user may still look. */
  mayGoOn(): Promise<boolean>;
}

/** One user at one console, from the open socket to its end. */
export class Session {
  readonly #parts: SessionParts;
  readonly #over = new AbortController();
  #lastHeardMs: number;
  #lastPingMs: number;
  #isEnding = false;
  /** Resolves when both sides are gone. */
  readonly ended: Promise<void>;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#lastHeardMs = parts.clock.nowMs();
    this.#lastPingMs = this.#lastHeardMs;
    const { socket, guest } = parts;
    this.ended = new Promise((resolve) => {
      socket.once('close', () => {
        this.#over.abort();
        guest.destroy();
        resolve();
      });
    });
    // Each end tells of its own failure by closing, which is all that matters here.
    socket.on('error', () => undefined);
    guest.on('error', () => undefined);
    guest.once('close', () => this.end('guest'));
    socket.on('data', () => {
      this.#lastHeardMs = parts.clock.nowMs();
    });
    // `pipe` waits where the other side is slow, in both directions.
    socket.pipe(guest);
    guest.pipe(socket, { end: false });
    if (guest.destroyed) this.end('guest');
    // Ends only with the session.
    this.#watch().catch(() => undefined);
  }

  /** Tells the user why, and ends; one that does not answer is cut. Once is enough. */
  end(ending: Ending): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    const { clock, socket, guest } = this.#parts;
    guest.unpipe(socket);
    socket.unpipe(guest);
    guest.destroy();
    const { code, reason } = endings[ending];
    socket.farewell(code, reason);
    const cut = () => void socket.destroy();
    clock.sleep(limits.consoleFarewellMs, this.#over.signal).then(cut, cut);
  }

  /** Looks whether its user may still look, because something changed. */
  async recheck(): Promise<void> {
    const mayGoOn = await this.#parts.mayGoOn().catch(() => false);
    if (!mayGoOn) this.end('rights');
  }

  /** What no event tells: tokens that expired, changes of other processes, peers that are gone. */
  async #watch(): Promise<void> {
    const { clock, socket } = this.#parts;
    for (;;) {
      await clock.sleep(limits.consoleCheckMs, this.#over.signal);
      await this.recheck();
      const nowMs = clock.nowMs();
      if (nowMs - this.#lastHeardMs >= limits.consoleIdleMs) this.end('idle');
      if (nowMs - this.#lastPingMs >= limits.consolePingMs) {
        this.#lastPingMs = nowMs;
        if (!socket.ping()) this.end('silence');
      }
    }
  }
}
