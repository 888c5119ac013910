import { limits } from '#base/limits.ts';
import { keepDoing } from '#base/rounds.ts';
import { serversFinishedBefore } from '#compute/moves/store.ts';
import { confirmResize } from '#compute/servers/end-resize.ts';
import type { Server } from '#compute/servers/server.ts';
import { findServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import { systemActor } from '#policy/actor.ts';
import { allow, visibleToOwner } from '#policy/engine.ts';

/**
 * Ends resizes and migrations that nobody else ends: those that were neither confirmed nor reverted
 * in time, and those of servers of which an administrator has said that they are something else.
 * @returns the function that stops it.
 */
export function keepConfirming(service: ComputeService): () => void {
  const { confirmAfterMs } = service;
  const everyMs = Math.min(confirmAfterMs || limits.dueMs, limits.dueMs);
  return keepDoing(service, everyMs, 'confirming resizes', () => endMoves(service));
}

async function endMoves(service: ComputeService): Promise<void> {
  const { clock, database, log, confirmAfterMs } = service;
  const nowMs = clock.nowMs();
  const finished = await serversFinishedBefore(database.queries, nowMs);
  const due = await serversFinishedBefore(database.queries, nowMs - confirmAfterMs);
  for (const serverId of finished) {
    const isDue = confirmAfterMs > 0 && due.includes(serverId);
    await endMoveOf(service, serverId, isDue).catch((error) => {
      // Somebody confirms, reverts or deletes it themselves.
      log.info({ serverId, error: String(error) }, 'not confirmed');
    });
  }
}

async function endMoveOf(service: ComputeService, serverId: string, isDue: boolean): Promise<void> {
  const server = await findServer(service.database.queries, serverId);
  if (!server || server.taskState !== null) return;
  if (server.vmState !== 'resized') await recordConfirmation(service, server);
  else if (isDue) await confirm(service, server);
}

async function confirm(service: ComputeService, server: Server): Promise<void> {
  const actor = systemActor(server.projectId);
  const allowed = allow(actor, server, visibleToOwner);
  if (!allowed) return;
  service.log.info({ serverId: server.id }, 'a resize that nobody confirmed is confirmed');
  await confirmResize(service, { actor, requestId: requestIdOf(service) }, allowed);
}

/** No action of the server: it only clears up what it had before. */
async function recordConfirmation(
  service: ComputeService,
  { id: subject, projectId }: Server,
): Promise<void> {
  service.log.info({ serverId: subject }, 'what is left of a resize is cleared up');
  const requestId = requestIdOf(service);
  await service.operations.transaction((_tx, record) =>
    record({ kind: 'confirm-resize', subject, projectId, requestId, input: {} }),
  );
}

function requestIdOf({ ids }: ComputeService): string {
  return `req-${ids.uuid()}`;
}
