import type { Agent } from '#agent/agent.ts';
import { serveAgent } from '#agent/bus/agent-end.ts';
import { ControlEnd } from '#agent/bus/control-end.ts';
import { openInProcessTransport, type Transport } from '#agent/bus/transport.ts';
import { type Clock, systemClock } from '#base/clock.ts';
import { randomIds } from '#base/ids.ts';
import { silentLog } from '#base/log.ts';

export interface TestBus {
  bus: ControlEnd;
  transport: Transport;
  /** Ends one host's agent as if its process had ended. */
  stop(host: string): void;
  close(): void;
}

/** A bus to these agents; the credential of host `a` is `credential of a`. */
export function openTestBus(
  agents: ReadonlyMap<string, Agent>,
  clock: Clock = systemClock,
): TestBus {
  const transport = openInProcessTransport();
  const shared = { transport, clock, ids: randomIds, log: silentLog };
  const bus = new ControlEnd(shared);
  const ends = new Map<string, () => void>();
  for (const [host, agent] of agents) {
    const credential = `credential of ${host}`;
    bus.admit(host, credential);
    ends.set(host, serveAgent({ ...shared, host, credential, agent }));
  }
  return {
    bus,
    transport,
    stop: (host) => ends.get(host)?.(),
    close: () => {
      bus.close();
      for (const end of ends.values()) end();
    },
  };
}
