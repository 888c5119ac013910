import type { Duplex } from 'node:stream';
import type { Clock } from '#base/clock.ts';
import type { Verdict, WebSocketDoor, WebSocketRequest } from '#base/http/web-sockets.ts';
import { limits } from '#base/limits.ts';
import type { Log } from '#base/log.ts';
import { originMayAsk } from './origins.ts';
import { Session } from './session.ts';
import { tokenIn } from './tokens.ts';

/** What a token was good for, as compute says it. */
export interface Grant {
  serverId: string;
  userId: string;
  type: string;
}

/** Who decides about consoles; compute does. */
export interface ConsoleSource<G extends Grant> {
  /** Uses the token up. */
  redeem(token: string): Promise<G | undefined>;
  mayUse(grant: G): Promise<boolean>;
  connect(grant: G): Promise<Duplex | undefined>;
  /** Told when anybody may have lost a right; the answer ends it. */
  onChange(listener: () => void): () => void;
}

export interface RemoteConsolesOptions<G extends Grant> {
  source: ConsoleSource<G>;
  /** Addresses at which browsers find us: of the APIs, and of consoles. */
  ownBases(): readonly string[];
  clock: Clock;
  log: Log;
}

export interface RemoteConsoles extends WebSocketDoor {
  /** Ends every console and resolves when all are gone. */
  close(): Promise<void>;
}

/** Where clients open the socket: Nova's own, what noVNC defaults to, and beside our pages. */
const socketPaths = ['/', '/websockify', '/vnc_auto.html', '/vnc_lite.html', '/serial.html'];

/** Screens and serial ports of servers, through WebSockets on the cloud's own listener. */
export function openRemoteConsoles<G extends Grant>(
  options: RemoteConsolesOptions<G>,
): RemoteConsoles {
  const room = new Room(options);
  return { decide: (request) => room.decide(request), close: () => room.close() };
}

class Room<G extends Grant> {
  readonly #options: RemoteConsolesOptions<G>;
  /** Places taken at each server, also by those who are still coming in. */
  readonly #taken = new Map<string, number>();
  readonly #sessions = new Set<Session>();
  readonly #unsubscribe: () => void;
  #coming = 0;
  #isClosed = false;

  constructor(options: RemoteConsolesOptions<G>) {
    this.#options = options;
    this.#unsubscribe = options.source.onChange(() => {
      for (const session of this.#sessions) void session.recheck();
    });
  }

  /** In the order in which one may be refused; only a token that is sent in order is used up. */
  async decide(request: WebSocketRequest): Promise<Verdict> {
    const { source, ownBases } = this.#options;
    if (!socketPaths.includes(request.path)) return 404;
    if (!originMayAsk(request, ownBases())) return 403;
    const token = tokenIn(request.query);
    if (token === undefined) return 403;
    if (this.#isClosed || this.#sessions.size + this.#coming >= limits.consolesAtOnce) return 503;
    this.#coming += 1;
    try {
      const grant = await source.redeem(token);
      if (!grant || !(await source.mayUse(grant))) return 403;
      return await this.#connect(grant, request.requestId);
    } finally {
      this.#coming -= 1;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#unsubscribe();
    for (const session of this.#sessions) session.end('closing');
    await Promise.all([...this.#sessions].map((session) => session.ended));
  }

  async #connect(grant: G, requestId: string): Promise<Verdict> {
    const { source } = this.#options;
    const { serverId } = grant;
    const places = this.#taken.get(serverId) ?? 0;
    if (places >= limits.consolesPerServer) return 429;
    this.#taken.set(serverId, places + 1);
    let guest: Duplex | undefined;
    try {
      guest = await source.connect(grant);
    } finally {
      if (!guest) this.#leave(serverId);
    }
    if (!guest) return 409;
    const stream = guest;
    // The upgrade may still fail, and then nobody else would end the stream.
    stream.once('close', () => this.#leave(serverId));
    return (socket) => this.#begin(grant, requestId, socket, stream);
  }

  #begin(
    grant: G,
    requestId: string,
    socket: Parameters<Exclude<Verdict, number>>[0],
    guest: Duplex,
  ) {
    const { clock, log, source } = this.#options;
    const { serverId, userId, type } = grant;
    const facts = { requestId, serverId, userId, type };
    const mayGoOn = () => source.mayUse(grant);
    const session = new Session({ clock, socket, guest, mayGoOn });
    this.#sessions.add(session);
    log.info(facts, 'a console was opened');
    session.ended.then(() => {
      this.#sessions.delete(session);
      log.info(facts, 'a console was closed');
    });
    if (this.#isClosed) session.end('closing');
    // What changed between the first look and this one has been told to nobody.
    void session.recheck();
  }

  #leave(serverId: string): void {
    const places = (this.#taken.get(serverId) ?? 1) - 1;
    if (places > 0) this.#taken.set(serverId, places);
    else this.#taken.delete(serverId);
  }
}
