import type { Clock } from '#base/clock.ts';
import type { Ids } from '#base/ids.ts';
import { limits } from '#base/limits.ts';
import type { Log } from '#base/log.ts';
import type { GuestEvent } from '#drivers/hypervisor/hypervisor.ts';
import { type AgentCall, agentCalls, callRow, type HostAgent } from '../calls.ts';
import { errorOfRow } from './error-rows.ts';
import type { Message, Order, Report } from './messages.ts';
import { readSigned, signed } from './signature.ts';
import { fromHost, type Transport, toHost } from './transport.ts';

export interface ControlEndOptions {
  transport: Transport;
  clock: Clock;
  ids: Ids;
  log: Log;
}

/** No agent answers: there is none, it is gone, or it takes too long. */
export class AgentUnreachable extends Error {
  override name = 'AgentUnreachable';
}

interface Waiting {
  host: string;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** The control plane's end of the bus: asks hosts by their names and hears what they tell. */
export class ControlEnd {
  readonly #options: ControlEndOptions;
  readonly #credentials = new Map<string, string>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #eventListeners = new Set<(host: string, event: GuestEvent) => void>();
  readonly #beatListeners = new Set<(host: string) => void>();
  readonly #ends: (() => void)[] = [];
  readonly #closing = new AbortController();

  constructor(options: ControlEndOptions) {
    this.#options = options;
  }

  /** From now on the host is asked and heard, with this credential. */
  admit(host: string, credential: string): void {
    const isNew = !this.#credentials.has(host);
    this.#credentials.set(host, credential);
    if (!isNew) return;
    const subject = fromHost(host);
    this.#ends.push(
      this.#options.transport.subscribe(subject, (text) => {
        const report = readSigned<Report>(this.#credentials.get(host) ?? '', subject, text);
        if (report) this.#hear(host, report);
        else this.#options.log.warn({ host }, 'a report that its host did not sign is not heard');
      }),
    );
  }

  hosts(): string[] {
    return [...this.#credentials.keys()];
  }

  /** The agent of a host: each call is a request and its reply. Throws AgentUnreachable. */
  agentOf(host: string): HostAgent {
    const names = Object.keys(agentCalls) as AgentCall[];
    const calls = names.map((call) => {
      const ask = async (...given: unknown[]) => {
        const last = given.at(-1);
        const signal = last instanceof AbortSignal ? last : undefined;
        return this.#ask(host, call, signal ? given.slice(0, -1) : given, signal);
      };
      return [call, ask];
    });
    return Object.fromEntries(calls) as HostAgent;
  }

  /** Told with the host that signed it; which guests are its to speak of, the listener knows. */
  onEvent(listener: (host: string, event: GuestEvent) => void): () => void {
    this.#eventListeners.add(listener);
    return () => void this.#eventListeners.delete(listener);
  }

  onHeartbeat(listener: (host: string) => void): () => void {
    this.#beatListeners.add(listener);
    return () => void this.#beatListeners.delete(listener);
  }

  /** Hears nothing more. Whoever waits gets no answer: the next process goes on with it. */
  close(): void {
    this.#closing.abort();
    for (const end of this.#ends.splice(0)) end();
    this.#waiting.clear();
  }

  async #ask(
    host: string,
    call: AgentCall,
    args: unknown[],
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    signal?.throwIfAborted();
    const { clock, ids } = this.#options;
    const id = ids.uuid();
    const answer = Promise.withResolvers<unknown>();
    const done = new AbortController();
    const giveUpAfter = (ms: number) =>
      clock.sleep(ms, AbortSignal.any([done.signal, this.#closing.signal])).then(
        () => answer.reject(new AgentUnreachable(`host ${host} did not answer ${call} in time`)),
        () => undefined,
      );
    const cancel = () => {
      this.#send(host, { kind: 'cancel', id });
      // Only its answer tells that nothing goes on there.
      giveUpAfter(limits.agentCancelMs);
    };
    this.#waiting.set(id, { host, resolve: answer.resolve, reject: answer.reject });
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      this.#send(host, { kind: 'request', id, call, args, cancellable: signal !== undefined });
      giveUpAfter(callRow(call).timeoutMs);
      return await answer.promise;
    } catch (error) {
      if (signal?.aborted && (error as Error).name === 'CallCancelled') throw signal.reason;
      throw error;
    } finally {
      done.abort();
      signal?.removeEventListener('abort', cancel);
      this.#waiting.delete(id);
    }
  }

  #send(host: string, order: Order): void {
    const credential = this.#credentials.get(host);
    if (credential === undefined) throw new AgentUnreachable(`no agent serves host ${host}`);
    const { transport, clock } = this.#options;
    const text = signed(credential, toHost(host), { ...order, sentMs: clock.nowMs() });
    if (!transport.publish(toHost(host), text) && order.kind === 'request') {
      throw new AgentUnreachable(`the agent of host ${host} is not there`);
    }
  }

  #take(
    { resolve, reject }: Waiting,
    { result, ticket }: Extract<Report, { kind: 'reply' }>,
  ): void {
    if (ticket === undefined) {
      resolve(result);
      return;
    }
    const stream = this.#options.transport.fetch(ticket);
    if (stream) resolve(stream);
    else reject(new AgentUnreachable('a stream was offered and is not there'));
  }

  #hear(host: string, report: Message<Report>): void {
    if (report.kind === 'reply' || report.kind === 'failure') {
      const waiting = this.#waiting.get(report.id);
      // Somebody else's question is not this host's to answer.
      if (waiting?.host !== host) return;
      if (report.kind === 'reply') this.#take(waiting, report);
      else waiting.reject(errorOfRow(report.error));
      return;
    }
    if (Math.abs(this.#options.clock.nowMs() - report.sentMs) > limits.messageAgeMs) return;
    if (report.kind === 'event') {
      for (const listener of this.#eventListeners) listener(host, report.event);
    } else for (const listener of this.#beatListeners) listener(host);
  }
}
