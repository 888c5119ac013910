import type { Socket } from 'node:net';
import type { Clock } from '#base/clock.ts';
import { withDeadline } from '../deadline.ts';
import { readLines } from './lines.ts';
import { type QmpMessage, QmpRefusal, readMessage } from './messages.ts';

export type QmpEvent = Extract<QmpMessage, { kind: 'event' }>;

interface Waiter {
  command: string;
  resolve: (value: unknown) => void;
  reject: (reason: Error) => void;
}

/** Much of what QEMU is asked waits for disks: callers who cannot have deadlines of their own. */
const defaultTimeoutMs = 60_000;

/** One conversation with one QEMU. Commands may overlap: each answer finds its own by an id. */
export class QmpClient {
  /** Resolves when the conversation ended, whoever ended it. */
  readonly closed: Promise<void>;
  /** Resolves with QEMU's version once it has greeted us. */
  readonly greeted: Promise<string>;
  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #waiters = new Map<number, Waiter>();
  #listener: ((event: QmpEvent) => void) | undefined;
  #unheard: QmpEvent[] = [];
  #lastId = 0;
  #failure: Error = new Error('QMP connection closed');

  constructor(socket: Socket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
    const greeting = Promise.withResolvers<string>();
    this.greeted = greeting.promise;
    // A client closed before the greeting is told to whoever awaits it, and to nobody else.
    greeting.promise.catch(() => undefined);
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        greeting.reject(this.#failure);
        for (const waiter of this.#waiters.values()) waiter.reject(this.#failure);
        this.#waiters.clear();
        resolve();
      });
    });
    socket.on('error', (error) => {
      this.#failure = error;
    });
    readLines(socket, (line) => this.#take(line, greeting.resolve));
  }

  /** Throws QmpRefusal when QEMU refuses, DeadlineExceeded when it does not answer in time. */
  execute(command: string, args?: object, timeoutMs = defaultTimeoutMs): Promise<unknown> {
    if (this.#socket.destroyed) return Promise.reject(this.#failure);
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#waiters.set(id, { command, resolve, reject });
    });
    this.#socket.write(`${JSON.stringify({ execute: command, arguments: args, id })}\n`);
    return withDeadline(this.#clock, timeoutMs, `QMP ${command}`, answer).finally(() =>
      this.#waiters.delete(id),
    );
  }

  /** One listener; it is first told what came before it listened. */
  onEvent(listener: (event: QmpEvent) => void): void {
    this.#listener = listener;
    for (const event of this.#unheard.splice(0)) listener(event);
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(line: string, greet: (version: string) => void): void {
    let message: QmpMessage | undefined;
    try {
      message = readMessage(line);
    } catch (error) {
      this.#socket.destroy(error as Error);
      return;
    }
    if (message?.kind === 'greeting') greet(message.version);
    else if (message?.kind === 'event') this.#hear(message);
    else if (message) this.#settle(message);
  }

  #hear(event: QmpEvent): void {
    if (this.#listener) this.#listener(event);
    else this.#unheard.push(event);
  }

  #settle(message: Extract<QmpMessage, { kind: 'answer' | 'refusal' }>): void {
    const waiter = this.#waiters.get(message.id);
    if (!waiter) return;
    if (message.kind === 'answer') waiter.resolve(message.value);
    else {
      const { errorClass, description } = message;
      waiter.reject(new QmpRefusal(waiter.command, errorClass, description));
    }
  }
}
