import { listServers } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';

/**
 * Removes from the host what belongs to no live server: guests, disks and wires that a crash left
 * behind. A server under deletion is live until the deletion has cleared up after it.
 */
export async function removeLeftovers(service: ComputeService): Promise<void> {
  const { agent, database, log } = service;
  const page = { sortKey: 'id', descending: false, limit: 1_000_000 } as const;
  const servers = await listServers(database.queries, { projectId: null }, page);
  const live = new Set(servers.map((server) => server.id));
  const ports = await service.networks.portsOf([...live]);
  const livePorts = new Set([...ports.values()].flat().map((port) => port.id));
  const holdings = await agent.holdings();
  for (const guestId of holdings.guestIds.filter((id) => !live.has(id))) {
    log.warn({ guestId }, 'a guest without a server is removed');
    await agent.removeGuest(guestId);
  }
  const wires = holdings.portIds.filter((id) => !livePorts.has(id));
  if (wires.length > 0) log.warn({ portIds: wires }, 'wires without a server are removed');
  await agent.removeWires(wires);
  for (const diskId of holdings.diskIds.filter((id) => !live.has(id))) {
    log.warn({ diskId }, 'disks without a server are removed');
    await agent.removeDisks(diskId);
  }
  await agent.sweep();
}
