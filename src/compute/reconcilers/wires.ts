import { limits } from '#base/limits.ts';
import { keepDoing } from '#base/rounds.ts';
import type { Server } from '#compute/servers/server.ts';
import { findServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import { hasUnfinished } from '#operations/store.ts';
import { askEachHost } from './each-host.ts';

/**
 * Gives servers new cards whose wires somebody took away, again and again. A guest that does not
 * let go of its old card is asked again later.
 * @returns the function that ends it
 */
export function keepWires(service: ComputeService): () => void {
  const askedMs = new Map<string, number>();
  return keepDoing(service, limits.wiresComparisonMs, 'looking for wires that are gone', () =>
    reviveAll(service, askedMs),
  );
}

async function reviveAll(service: ComputeService, askedMs: Map<string, number>): Promise<void> {
  const nowMs = service.clock.nowMs();
  const found = new Set<string>();
  for (const [host, serverIds] of await askEachHost(service, (agent) => agent.deadWires())) {
    for (const serverId of serverIds) {
      found.add(serverId);
      const lastMs = askedMs.get(serverId) ?? Number.NEGATIVE_INFINITY;
      if (nowMs - lastMs < limits.mendingRetryMs) continue;
      if (await recordRevival(service, serverId, host)) askedMs.set(serverId, nowMs);
    }
  }
  for (const serverId of askedMs.keys()) if (!found.has(serverId)) askedMs.delete(serverId);
}

/** @returns false for one that is not at rest on that host, or does not run */
function recordRevival(service: ComputeService, serverId: string, host: string): Promise<boolean> {
  return service.operations.transaction(async (tx, record) => {
    const server = await findServer(tx, serverId);
    if (!server || !mayBeMended(service, server, host)) return false;
    if (await hasUnfinished(tx, serverId)) return false;
    const { projectId } = server;
    const requestId = `req-${service.ids.uuid()}`;
    await record({ kind: 'revive-wires', subject: serverId, projectId, requestId, input: {} });
    return true;
  });
}

function mayBeMended({ agent }: ComputeService, server: Server, host: string): boolean {
  if (server.taskState !== null) return false;
  if (!['active', 'rescued', 'resized'].includes(server.vmState)) return false;
  return server.host === host || agent.hosts().length === 1;
}
