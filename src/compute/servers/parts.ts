import { type HostRow, isHostUp, listHosts } from '#compute/hosts/store.ts';
import { groupsOf } from '#compute/server-groups/store.ts';
import { tagsOf } from '#compute/server-tags/store.ts';
import type { ComputeService } from '#compute/service.ts';
import { freshUntilMs, isFresh } from '#compute/services/service-row.ts';
import type { ServerPort } from '#network/service.ts';
import type { Server } from './server.ts';

/** Nova's words for the state of a server's host; empty for a server without one. */
export type HostStatus = 'UP' | 'DOWN' | 'MAINTENANCE' | 'UNKNOWN' | '';

/** What belongs to a server and stands elsewhere. */
export interface ServerParts {
  ports: readonly ServerPort[];
  tags: readonly string[];
  groupIds: readonly string[];
  hostStatus: HostStatus;
  /** The last moment at which the host has this status if nothing is heard of it meanwhile. */
  hostStatusUntilMs: number;
}

/** The parts of each of these servers (1,000 at most), in their order. */
export async function partsOf(
  service: ComputeService,
  servers: readonly Server[],
): Promise<ServerParts[]> {
  const db = service.database.queries;
  const ids = servers.map((server) => server.id);
  const ports = await service.networks.portsOf(ids);
  const tags = await tagsOf(db, ids);
  const groups = await groupsOf(db, ids);
  const hosts = new Map((await listHosts(db)).map((host) => [host.name, host]));
  const nowMs = service.clock.nowMs();
  return servers.map((server) => ({
    ports: ports.get(server.id) ?? [],
    tags: tags.get(server.id) ?? [],
    groupIds: groups.get(server.id) ?? [],
    ...hostPart(server.host, hosts, nowMs),
  }));
}

function hostPart(
  name: string | null,
  hosts: ReadonlyMap<string, HostRow>,
  nowMs: number,
): Pick<ServerParts, 'hostStatus' | 'hostStatusUntilMs'> {
  const host = name === null ? undefined : hosts.get(name);
  const hostStatus = name === null ? '' : statusOfHost(host, nowMs);
  // Only silence changes a status without a word in the database.
  const isHeard = hostStatus === 'UP' && host !== undefined;
  const hostStatusUntilMs = isHeard ? freshUntilMs(host.seen_ms) : Number.POSITIVE_INFINITY;
  return { hostStatus, hostStatusUntilMs };
}

function statusOfHost(host: HostRow | undefined, nowMs: number): HostStatus {
  if (!host) return 'UNKNOWN';
  if (host.forced_down === 1) return 'DOWN';
  if (host.enabled === 0) return 'MAINTENANCE';
  return isHostUp(host) && isFresh(host.seen_ms, nowMs) ? 'UP' : 'UNKNOWN';
}
