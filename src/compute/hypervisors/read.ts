import type { ComputeService } from '#compute/service.ts';
import { hypervisorErrors } from './errors.ts';
import type { HostedServer, Hypervisor } from './hypervisor.ts';
import { listHypervisorRows, serversByHost } from './store.ts';

/** In the order of their numbers; each has a host of its own. */
export function listHypervisors(
  service: Pick<ComputeService, 'database' | 'clock'>,
): Promise<Hypervisor[]> {
  return listHypervisorRows(service.database.queries, service.clock.nowMs());
}

/** Those whose name has the text in it, big and small letters alike. @throws 404 when none has */
export async function searchHypervisors(
  service: ComputeService,
  pattern: string,
): Promise<Hypervisor[]> {
  const wanted = pattern.toLowerCase();
  const all = await listHypervisors(service);
  const found = all.filter(({ host }) => host.toLowerCase().includes(wanted));
  if (found.length === 0) throw hypervisorErrors.noneMatches({ pattern });
  return found;
}

export function readHostedServers(
  service: ComputeService,
  hypervisors: readonly Hypervisor[],
): Promise<Map<string, HostedServer[]>> {
  const hosts = hypervisors.map(({ host }) => host);
  return serversByHost(service.database.queries, hosts);
}

/** How long the machine runs and how busy it is, in one line; null where that cannot be told. */
export async function readUptime(
  service: ComputeService,
  { host, isUp }: Pick<Hypervisor, 'host' | 'isUp'>,
): Promise<string | null> {
  return isUp ? service.agent.hostUptime(host) : null;
}
