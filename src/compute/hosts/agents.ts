import type { Agent, HostAgent, WantedDisks, WantedServer } from '#agent/agent.ts';
import type { Queries } from '#db/database.ts';
import type { GuestDiagnostics, GuestEvent, GuestPower } from '#drivers/hypervisor/hypervisor.ts';
import { hostOfServer } from './store.ts';

/**
 * The agents of all hosts as if they were one: what is asked for a server goes to the agent of the
 * host that its row names. A server without a host has nothing anywhere.
 */
export class AgentsByHost implements HostAgent {
  #agents: ReadonlyMap<string, Agent>;
  #db: Queries;

  constructor(agents: ReadonlyMap<string, Agent>, db: Queries) {
    this.#agents = agents;
    this.#db = db;
  }

  /** Each agent once, also where simulated hosts share one, for what concerns whole hosts. */
  each(): Agent[] {
    return [...new Set(this.#agents.values())];
  }

  async ensureDisks(server: WantedDisks): Promise<void> {
    await (await this.#needed(server.id)).ensureDisks(server);
  }

  async removeDisks(serverId: string): Promise<void> {
    await (await this.#of(serverId))?.removeDisks(serverId);
  }

  async ensureWires(server: WantedServer): Promise<void> {
    await (await this.#needed(server.id)).ensureWires(server);
  }

  async removeWires(serverId: string, portIds: readonly string[]): Promise<void> {
    await (await this.#of(serverId))?.removeWires(serverId, portIds);
  }

  async ensureRunning(server: WantedServer, signal: AbortSignal): Promise<void> {
    await (await this.#needed(server.id)).ensureRunning(server, signal);
  }

  async ensureOff(serverId: string, graceMs: number, signal: AbortSignal): Promise<void> {
    await (await this.#of(serverId))?.ensureOff(serverId, graceMs, signal);
  }

  async attachNic(serverId: string, wiring: WantedServer['ports'][number]): Promise<boolean> {
    return (await (await this.#of(serverId))?.attachNic(serverId, wiring)) ?? false;
  }

  async detachNic(serverId: string, portId: string, signal: AbortSignal): Promise<void> {
    await (await this.#of(serverId))?.detachNic(serverId, portId, signal);
  }

  async removeGuest(serverId: string): Promise<void> {
    await (await this.#of(serverId))?.removeGuest(serverId);
  }

  async power(serverId: string): Promise<GuestPower | 'absent'> {
    return (await (await this.#of(serverId))?.power(serverId)) ?? 'absent';
  }

  async powers(): Promise<Map<string, GuestPower>> {
    const all = await Promise.all(this.each().map((agent) => agent.powers()));
    return new Map(all.flatMap((powers) => [...powers]));
  }

  async consoleOutput(serverId: string): Promise<string> {
    return (await this.#needed(serverId)).consoleOutput(serverId);
  }

  /** Undefined for a server whose guest is off, or that is on no host. */
  async diagnostics(serverId: string): Promise<GuestDiagnostics | undefined> {
    return (await this.#of(serverId))?.diagnostics(serverId);
  }

  /** How long a host runs; null for one without an agent. */
  async hostUptime(host: string): Promise<string | null> {
    return (await this.#agents.get(host)?.hostUptime()) ?? null;
  }

  onEvent(listener: (event: GuestEvent) => void): () => void {
    const ends = this.each().map((agent) => agent.onEvent(listener));
    return () => {
      for (const end of ends) end();
    };
  }

  async #needed(serverId: string): Promise<Agent> {
    const agent = await this.#of(serverId);
    if (!agent) throw new Error(`server ${serverId} is on no host`);
    return agent;
  }

  async #of(serverId: string): Promise<Agent | undefined> {
    const host = await hostOfServer(this.#db, serverId);
    if (host === null) return undefined;
    const [only, ...others] = this.each();
    // A machine that was renamed is still the one that has its guests.
    const agent = this.#agents.get(host) ?? (others.length === 0 ? only : undefined);
    if (!agent) throw new Error(`no agent serves host ${host}`);
    return agent;
  }
}
