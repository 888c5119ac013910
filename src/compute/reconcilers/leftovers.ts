import type { Agent } from '#agent/agent.ts';
import { listServers } from '#compute/servers/list-store.ts';
import type { ComputeService } from '#compute/service.ts';

/**
 * Removes from the hosts what belongs to no live server: guests, disks and wires that a crash left
 * behind. A server under deletion is live until the deletion has cleared up after it.
 */
export async function removeLeftovers(service: ComputeService): Promise<void> {
  const page = { order: [{ column: 'id', descending: false }], limit: 1_000_000 } as const;
  const servers = await listServers(service.database.queries, { projectId: null }, page);
  const live = new Set(servers.map((server) => server.id));
  const ports = await service.networks.portsOf([...live]);
  const livePorts = new Set([...ports.values()].flat().map((port) => port.id));
  for (const agent of service.agent.each()) await clearHost(service, agent, live, livePorts);
}

async function clearHost(
  { log }: ComputeService,
  agent: Agent,
  live: ReadonlySet<string>,
  livePorts: ReadonlySet<string>,
): Promise<void> {
  const holdings = await agent.holdings();
  for (const guestId of holdings.guestIds.filter((id) => !live.has(id))) {
    log.warn({ guestId }, 'a guest without a server is removed');
    await agent.removeGuest(guestId);
  }
  const wires = holdings.portIds.filter((id) => !livePorts.has(id));
  if (wires.length > 0) log.warn({ portIds: wires }, 'wires without a server are removed');
  await agent.removeWires(null, wires);
  for (const diskId of holdings.diskIds.filter((id) => !live.has(id))) {
    log.warn({ diskId }, 'disks without a server are removed');
    await agent.removeDisks(diskId);
  }
  await agent.sweep();
}
