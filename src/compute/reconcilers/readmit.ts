import { deleteEvacuated, type EvacuatedGuest, listEvacuated } from '#compute/evacuations/store.ts';
import { updateMigration } from '#compute/migrations/store.ts';
import { portIdsOf } from '#compute/operations/steps/live-steps.ts';
import { findServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';

/**
 * Before a host that was away counts as there again, the guests, disks and wires of servers that
 * were evacuated from it are removed there; what they held of it is free then.
 * @param heard hosts whose agents are there
 * @returns those of them that have nothing left that is not theirs any more
 */
export async function readmitHosts(
  service: ComputeService,
  heard: readonly string[],
): Promise<string[]> {
  const all = await listEvacuated(service.database.queries);
  const unclear = new Set<string>();
  for (const guest of all.filter(({ host }) => heard.includes(host))) {
    const isClear = await clear(service, guest).catch((error) => {
      const { host, serverId } = guest;
      service.log.warn({ host, serverId, error: String(error) }, 'an evacuated guest is not gone');
      return false;
    });
    if (!isClear) unclear.add(guest.host);
  }
  return heard.filter((host) => !unclear.has(host));
}

/** @returns false while the server is only leaving: that may go on, or still have to be undone. */
async function clear(service: ComputeService, guest: EvacuatedGuest): Promise<boolean> {
  const { serverId, host, migrationId, finishedMs } = guest;
  const server = await findServer(service.database.queries, serverId);
  if (server && (finishedMs === null || server.host === host)) return false;
  await remove(service, guest, server?.host ?? null);
  const nowMs = service.clock.nowMs();
  await service.database.transaction(async (tx) => {
    await deleteEvacuated(tx, serverId, host);
    await updateMigration(tx, migrationId, { status: 'completed' }, nowMs);
  });
  service.log.info({ host, serverId }, 'a host that is back has given up an evacuated server');
  return true;
}

/** What both hosts have in common is the server's own, where it is now. */
async function remove(
  service: ComputeService,
  { serverId, host, portIds }: EvacuatedGuest,
  nowOn: string | null,
): Promise<void> {
  const agent = service.agent.on(host);
  if (nowOn === null || !service.agent.sharesWires(host, nowOn)) {
    await agent.removeGuest(serverId);
    const ids = [...portIds, ...(await portIdsOf(service, serverId))];
    await agent.removeWires(serverId, [...new Set(ids)]);
  }
  if (nowOn === null || !service.agent.sharesDisks(host, nowOn)) await agent.removeDisks(serverId);
}
