import { listServers } from '#compute/servers/list-store.ts';
import { powerStates } from '#compute/servers/server.ts';
import { findServer, updateServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';

/**
 * Keeps what the database says of a server's power equal to what its host says. Compares all once,
 * then follows the host's events.
 * @returns the function that ends the watch.
 */
export async function watchPower(service: ComputeService): Promise<() => void> {
  const stop = service.agent.onEvent((event) => {
    if (event.kind !== 'stopped') return;
    settlePower(service, event.guestId).catch((error) => {
      service.log.error({ serverId: event.guestId, error: String(error) }, 'power not reconciled');
    });
  });
  const filter = { projectId: null, equals: { vm_state: 'active' } };
  const page = { order: [{ column: 'id', descending: false }], limit: 1_000_000 } as const;
  const powers = await service.agent.powers();
  for (const server of await listServers(service.database.queries, filter, page)) {
    if (server.taskState === null && powers.get(server.id) !== 'running') {
      await settlePower(service, server.id);
    }
  }
  return stop;
}

/** A server at rest whose guest has ended by itself is stopped; one with a task is left to it. */
export async function settlePower(service: ComputeService, serverId: string): Promise<void> {
  const power = await service.agent.power(serverId);
  if (power === 'running' || power === 'paused') return;
  const nowMs = service.clock.nowMs();
  const changed = await service.database.transaction(async (tx) => {
    const server = await findServer(tx, serverId);
    if (!server || server.taskState !== null || server.vmState !== 'active') return false;
    const change = { vm_state: 'stopped', power_state: powerStates.shutdown };
    return updateServer(tx, serverId, change, nowMs);
  });
  if (!changed) return;
  service.log.info({ serverId }, 'the guest ended by itself; the server is stopped');
  const ports = (await service.networks.portsOf([serverId])).get(serverId) ?? [];
  for (const port of ports) await service.networks.setPortStatus(port.id, 'DOWN');
}
