import { fromHost, openInProcessTransport, type Transport, toHost } from '#agent/bus/transport.ts';

export interface SilentTransport extends Transport {
  /**
   * From now on nothing reaches the host or comes from it.
   * @param how `refused`: it is known that nobody is there; `lost`: nobody tells
   */
  cut(host: string, how: 'refused' | 'lost'): void;
  mend(host: string): void;
}

/** A bus on which hosts can fall silent, while what they run goes on. */
export function openSilentTransport(): SilentTransport {
  const inner = openInProcessTransport();
  const cuts = new Map<string, 'refused' | 'lost'>();
  return {
    ...inner,
    publish: (subject, text) => {
      const cut = [...cuts].find(([host]) => [toHost(host), fromHost(host)].includes(subject));
      return cut ? cut[1] === 'lost' : inner.publish(subject, text);
    },
    cut: (host, how) => void cuts.set(host, how),
    mend: (host) => void cuts.delete(host),
  };
}
