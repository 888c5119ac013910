import type { ControlEnd } from '#agent/bus/control-end.ts';
import {
  type AgentCall,
  agentCalls,
  callRow,
  type HostAgent,
  type ServerCall,
} from '#agent/calls.ts';
import type { Log } from '#base/log.ts';
import type { Queries } from '#db/database.ts';
import type { GuestEvent, GuestPower } from '#drivers/hypervisor/hypervisor.ts';
import { hostOfServer } from './store.ts';

/** What is asked for a server, without saying where it is. */
export type ServerAgent = Pick<HostAgent, ServerCall>;

/**
 * The agents of all hosts as if they were one: what is asked for a server goes to the agent of the
 * host that its row names. A server without a host has nothing anywhere.
 */
export interface AgentsByHost extends ServerAgent {
  /** The same calls for a host that is named, also for servers whose rows name another. */
  on(host: string): HostAgent;
  hosts(): string[];
  /** Whether two hosts see the same disks, so that these need not travel. */
  sharesDisks(host: string, other: string): boolean;
  /** Whether a wire of the one is a wire of the other, too. */
  sharesWires(host: string, other: string): boolean;
  /** Of all guests on all hosts that answer. */
  powers(): Promise<Map<string, GuestPower>>;
  /** How long a host runs; null for one without an agent. */
  hostUptime(host: string): Promise<string | null>;
  /** Events of guests, each from the host that its server is on: others may not speak of it. */
  onEvent(listener: (event: GuestEvent) => void): () => void;
}

export interface AgentsByHostDeps {
  bus: ControlEnd;
  db: Queries;
  log: Log;
  hosts: readonly { name: string; disks: string; wires: string }[];
}

export function agentsByHost({ bus, db, log, hosts }: AgentsByHostDeps): AgentsByHost {
  const hostOf = (serverId: string) => findHost(bus, db, serverId);
  const shares = (part: 'disks' | 'wires', host: string, other: string) => {
    const partOf = (name: string) => hosts.find((one) => one.name === name)?.[part];
    return host === other || (partOf(host) ?? host) === (partOf(other) ?? other);
  };
  const onEachHost = <T>(ask: (agent: HostAgent) => Promise<T>) =>
    Promise.all(
      bus.hosts().map((host) =>
        ask(bus.agentOf(host)).catch((error) => {
          log.warn({ host, error: String(error) }, 'a host does not tell what runs on it');
          return undefined;
        }),
      ),
    );
  return {
    ...serverCalls(bus, hostOf),
    on: (host) => bus.agentOf(host),
    hosts: () => bus.hosts(),
    sharesDisks: (host, other) => shares('disks', host, other),
    sharesWires: (host, other) => shares('wires', host, other),
    powers: async () => {
      const told = await onEachHost((agent) => agent.powers());
      const all = told.flatMap((powers) => powers ?? []);
      // Where a server was before, its guest may still be known, and is off.
      return new Map([...all.filter(([, power]) => power === 'off'), ...all.filter(isOn)]);
    },
    hostUptime: async (host) =>
      bus.hosts().includes(host) ? bus.agentOf(host).hostUptime() : null,
    onEvent: (listener) =>
      bus.onEvent((host, event) => {
        const tell = async () => {
          const own = await hostOf(event.guestId);
          if (own === host) listener(event);
          else log.info({ host, ...event }, 'a host tells of a guest that is not its own');
        };
        tell().catch((error) => log.warn({ host, error: String(error) }, 'an event was lost'));
      }),
  };
}

const isOn = ([, power]: [string, GuestPower]) => power !== 'off';

function serverCalls(
  bus: ControlEnd,
  hostOf: (serverId: string) => Promise<string | null>,
): ServerAgent {
  const names = (Object.keys(agentCalls) as AgentCall[]).filter(
    (call) => callRow(call).about === 'server',
  );
  const calls = names.map((call) => {
    const ask = async (server: string | { id?: string; diskId?: string }, ...rest: unknown[]) => {
      const serverId = typeof server === 'string' ? server : (server.id ?? server.diskId ?? '');
      const host = await hostOf(serverId);
      if (host !== null) {
        const calls = bus.agentOf(host) as Record<string, (...args: unknown[]) => unknown>;
        return calls[call]?.(server, ...rest);
      }
      const { nowhere } = callRow(call);
      if (!nowhere) throw new Error(`server ${serverId} is on no host`);
      return nowhere.answer;
    };
    return [call, ask];
  });
  return Object.fromEntries(calls) as ServerAgent;
}

/** Where to ask: the host in the server's row, under the name that it has now. */
async function findHost(bus: ControlEnd, db: Queries, serverId: string): Promise<string | null> {
  const host = await hostOfServer(db, serverId);
  const [only, ...others] = bus.hosts();
  // A machine that was renamed is still the one that has its guests.
  if (host !== null && only !== undefined && others.length === 0) return only;
  return host;
}
