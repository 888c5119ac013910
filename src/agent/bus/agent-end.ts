import { Readable } from 'node:stream';
import type { Clock } from '#base/clock.ts';
import type { Ids } from '#base/ids.ts';
import { limits } from '#base/limits.ts';
import type { Log } from '#base/log.ts';
import type { Agent } from '../agent.ts';
import { isAgentCall } from '../calls.ts';
import { CallCancelled, rowOfError } from './error-rows.ts';
import type { Message, Order, Report } from './messages.ts';
import { readSigned, signed } from './signature.ts';
import { fromHost, type Transport, toHost } from './transport.ts';

export interface AgentEndOptions {
  host: string;
  /** This host's own; what is not signed with it is not done. */
  credential: string;
  agent: Agent;
  transport: Transport;
  clock: Clock;
  ids: Ids;
  log: Log;
}

const ticketBytes = 16;

type Request = Extract<Order, { kind: 'request' }>;

/**
 * Serves one host's agent over the bus: does what the control plane signed for it, tells its
 * guests' events, and beats.
 * @returns the function that ends it; what is being done is not broken off.
 */
export function serveAgent(options: AgentEndOptions): () => void {
  const { host, credential, agent, transport, clock, ids, log } = options;
  const running = new Map<string, AbortController>();
  const taken = new Map<string, number>();
  const stop = new AbortController();
  const subject = fromHost(host);
  const tell = (report: Report) => {
    if (stop.signal.aborted) return;
    transport.publish(subject, signed(credential, subject, { ...report, sentMs: clock.nowMs() }));
  };

  const offer = (stream: Readable) => {
    const ticket = ids.secret(ticketBytes);
    const withdraw = transport.offer(ticket, stream);
    clock.sleep(limits.agentAnswerMs, stop.signal).then(withdraw, withdraw);
    return ticket;
  };

  const perform = async (request: Request) => {
    const cancel = new AbortController();
    running.set(request.id, cancel);
    try {
      const result = await invoke(agent, request, cancel.signal);
      if (result instanceof Readable)
        tell({ kind: 'reply', id: request.id, ticket: offer(result) });
      else tell({ kind: 'reply', id: request.id, result });
    } catch (error) {
      tell({ kind: 'failure', id: request.id, error: rowOfError(error) });
    } finally {
      running.delete(request.id);
    }
  };

  const take = (order: Message<Order>) => {
    const nowMs = clock.nowMs();
    // What is older could be somebody's recording; and of what is younger every id is known.
    if (Math.abs(nowMs - order.sentMs) > limits.messageAgeMs) return;
    if (order.kind === 'cancel') {
      running.get(order.id)?.abort(new CallCancelled());
      return;
    }
    for (const [id, sentMs] of taken) {
      if (nowMs - sentMs <= limits.messageAgeMs) break;
      taken.delete(id);
    }
    if (taken.has(order.id)) return;
    taken.set(order.id, order.sentMs);
    // Its failure is told; that a telling fails can only be noted.
    perform(order).catch((error) => log.error({ host, error: String(error) }, 'no reply sent'));
  };

  const ends = [
    transport.subscribe(toHost(host), (text) => {
      const order = readSigned<Order>(credential, toHost(host), text);
      if (order) take(order);
      else log.warn({ host }, 'an order that was not signed for this host is not obeyed');
    }),
    agent.onEvent((event) => tell({ kind: 'event', event })),
  ];
  keepBeating(clock, stop.signal, () => tell({ kind: 'heartbeat' }));
  return () => {
    stop.abort();
    for (const end of ends) end();
  };
}

function invoke(agent: Agent, { call, args, cancellable }: Request, signal: AbortSignal) {
  if (!isAgentCall(call)) throw new Error(`agents have no call ${JSON.stringify(call)}`);
  const method = agent[call] as (...args: unknown[]) => Promise<unknown>;
  return method.apply(agent, cancellable ? [...args, signal] : args);
}

function keepBeating(clock: Clock, signal: AbortSignal, beat: () => void): void {
  const run = async () => {
    for (;;) {
      beat();
      await clock.sleep(limits.heartbeatMs, signal);
    }
  };
  // Ends only by being stopped.
  run().catch(() => undefined);
}
