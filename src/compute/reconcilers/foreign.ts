import { listEvacuated } from '#compute/evacuations/store.ts';
import { listMoves } from '#compute/moves/store.ts';
import { listServers } from '#compute/servers/listing/store.ts';
import type { Server } from '#compute/servers/server.ts';
import { listStandings } from '#compute/servers/standing-store.ts';
import type { ComputeService } from '#compute/service.ts';

/** What of guests, disks and wires a host has; each list in the order of the ids. */
export interface Holdings {
  guestIds: string[];
  diskIds: string[];
  portIds: string[];
}

type Parts = Pick<ComputeService, 'agent' | 'database' | 'networks'>;

/**
 * What a host has that belongs to no live server of its own. The host is asked first: what is being
 * made meanwhile is then in the database, and never foreign.
 */
export async function findForeign(service: Parts, host: string): Promise<Holdings> {
  const held = await service.agent.on(host).holdings();
  const owned = await ownedBy(service, host);
  return {
    guestIds: held.guestIds.filter((id) => !owned.serverIds.has(id)).sort(),
    diskIds: held.diskIds.filter((id) => !owned.serverIds.has(id)).sort(),
    portIds: held.portIds.filter((id) => !owned.portIds.has(id)).sort(),
  };
}

/** Guests before the wires and disks that they use. */
export async function removeForeign(
  { agent }: Pick<ComputeService, 'agent'>,
  host: string,
  foreign: Holdings,
): Promise<void> {
  const hands = agent.on(host);
  for (const guestId of foreign.guestIds) await hands.removeGuest(guestId);
  await hands.removeWires(null, foreign.portIds);
  for (const diskId of foreign.diskIds) await hands.removeDisks(diskId);
}

async function ownedBy(service: Parts, host: string) {
  const servers = await allServers(service);
  const coming = await serversBesides(service, host);
  const own = servers.filter((server) => coming.has(server.id) || mayBeOn(service, server, host));
  const serverIds = own.map(({ id }) => id);
  const ports = await service.networks.portsOf(serverIds);
  const portIds = [...ports.values()].flat().map((port) => port.id);
  return { serverIds: new Set(serverIds), portIds: new Set(portIds) };
}

/** Those of which something may be on some host: also those that are still to be cleared up. */
export async function knownServers(service: Pick<Parts, 'database'>): Promise<Set<string>> {
  const { queries } = service.database;
  const own = (await listStandings(queries)).map(({ id }) => id);
  const held = [...(await listMoves(queries)), ...(await listEvacuated(queries))];
  return new Set([...own, ...held.map(({ serverId }) => serverId)]);
}

/** Those that are not deleted, in the order of their ids. */
export function allServers({ database }: Pick<Parts, 'database'>): Promise<Server[]> {
  const page = { order: [{ column: 'id', descending: false }], limit: 1_000_000 } as const;
  return listServers(database.queries, { projectId: null }, page);
}

/** Where its row says; one that is nowhere may be on its way to anywhere. */
function mayBeOn({ agent }: Parts, server: Server, host: string): boolean {
  // A machine that was renamed still has what it had.
  if (server.host === null || agent.hosts().length === 1) return true;
  return agent.sharesDisks(server.host, host);
}

/** Of moves, and of evacuations that are not over, something may be on either side. */
async function serversBesides(
  { database: { queries } }: Parts,
  host: string,
): Promise<Set<string>> {
  const moves = (await listMoves(queries)).filter(({ source, target }) =>
    [source.host, target.host].includes(host),
  );
  const leaving = (await listEvacuated(queries)).filter(
    (guest) => guest.host === host && guest.finishedMs === null,
  );
  return new Set([...moves, ...leaving].map(({ serverId }) => serverId));
}
