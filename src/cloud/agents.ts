import { Agent } from '#agent/agent.ts';
import { serveAgent } from '#agent/bus/agent-end.ts';
import type { Transport } from '#agent/bus/transport.ts';
import type { CloudOptions, Services } from '#cloud';
import type { Drivers } from './drivers.ts';

/** Opens the agents of this process's hosts. @returns the function that ends them. */
export async function serveAgents(
  { clock, ids, log }: CloudOptions,
  drivers: Drivers,
  services: Services,
  transport: Transport,
): Promise<() => void> {
  // Where they have no parts of their own, all hosts are one machine.
  const shared = new Agent({ ...drivers, log });
  const agentOf = (host: string) => {
    const own = drivers.hosts?.get(host);
    return own ? new Agent({ ...own, log }) : shared;
  };
  const credentials = await services.compute.admitHosts();
  const ends = [...credentials].map(([host, credential]) =>
    serveAgent({ host, credential, agent: agentOf(host), transport, clock, ids, log }),
  );
  return () => {
    for (const end of ends) end();
  };
}
