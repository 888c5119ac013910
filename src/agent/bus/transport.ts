import type { Readable } from 'node:stream';

/** Carries text from one process to another; what is lost is lost, and found out by deadlines. */
export interface Transport {
  /** False where it is known that nobody listens. */
  publish(subject: string, text: string): boolean;
  /** @returns the function that ends the subscription. */
  subscribe(subject: string, listener: (text: string) => void): () => void;
  /** Holds a stream of bytes for whoever comes with the ticket, until the returned end. */
  offer(ticket: string, stream: Readable): () => void;
  /** Each ticket is good for once; undefined for one that is not known. */
  fetch(ticket: string): Readable | undefined;
}

/** What the control plane tells a host. */
export const toHost = (host: string) => `cumulet.host.${host}.do`;
/** What a host tells the control plane. */
export const fromHost = (host: string) => `cumulet.host.${host}.tell`;

/** Both ends in one process: still only text passes. */
export function openInProcessTransport(): Transport {
  const listeners = new Map<string, Set<(text: string) => void>>();
  const streams = new Map<string, Readable>();
  return {
    publish: (subject, text) => {
      const all = [...(listeners.get(subject) ?? [])];
      for (const listener of all) listener(text);
      return all.length > 0;
    },
    subscribe: (subject, listener) => {
      const all = listeners.get(subject) ?? new Set();
      listeners.set(subject, all.add(listener));
      return () => {
        all.delete(listener);
        if (all.size === 0 && listeners.get(subject) === all) listeners.delete(subject);
      };
    },
    offer: (ticket, stream) => {
      streams.set(ticket, stream);
      return () => {
        if (streams.delete(ticket)) stream.destroy();
      };
    },
    fetch: (ticket) => {
      const stream = streams.get(ticket);
      streams.delete(ticket);
      return stream;
    },
  };
}
