import { limits } from '#base/limits.ts';
import { keepDoing } from '#base/rounds.ts';
import { listStandings } from '#compute/servers/standing-store.ts';
import { findServer, updateServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';

/**
 * Ends guests of servers that were put aside while their hosts were down, and did not know of it.
 * @returns the function that stops it
 */
export function keepPutAside(service: ComputeService): () => void {
  if (service.reclaimAfterMs === 0) return () => undefined;
  return keepDoing(service, limits.dueMs, 'ending what was put aside', () => endPutAside(service));
}

async function endPutAside(service: ComputeService): Promise<void> {
  const servers = await listStandings(service.database.queries, ['soft-delete']);
  if (servers.length === 0) return;
  const powers = await service.agent.powers();
  for (const { id } of servers.filter((server) => powers.has(server.id))) {
    if (powers.get(id) === 'running' || powers.get(id) === 'paused')
      await putAsideAgain(service, id);
  }
}

/** In the queue of the server, whose restoration is refused meanwhile. */
async function putAsideAgain(service: ComputeService, id: string): Promise<void> {
  await service.operations.transaction(async (tx, record) => {
    const server = await findServer(tx, id);
    if (server?.vmState !== 'soft-delete' || server.taskState !== null) return;
    await updateServer(tx, id, { task_state: 'soft-deleting' }, service.clock.nowMs());
    const requestId = `req-${service.ids.uuid()}`;
    const { projectId } = server;
    await record({ kind: 'soft-delete-server', subject: id, projectId, requestId, input: {} });
  });
  service.log.info({ serverId: id }, 'a guest that was put aside while its host was down is ended');
}
