import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, actOnServer, type Decision } from './act.ts';
import type { Server } from './server.ts';

const atOnce: Decision = {
  action: 'delete',
  recordedAs: 'delete',
  operation: { kind: 'delete-server', input: {}, supersedes: true },
};

/**
 * Legal in every state; takes over from whatever else is happening to the server. Where deletion is
 * deferred, a server that has run is only put aside: it can be restored until its time is over.
 */
export async function deleteServer(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
): Promise<void> {
  // Asking twice is not asking for more.
  if (server.taskState === 'deleting' || server.taskState === 'soft-deleting') return;
  if (server.vmState === 'soft-delete') return;
  const isDeferred = service.reclaimAfterMs > 0 && server.launchedMs !== null;
  if (!isDeferred) return actOnServer(service, asked, server, atOnce);
  await actOnServer(service, asked, server, {
    action: 'soft-delete',
    recordedAs: 'delete',
    operation: { kind: 'soft-delete-server', input: {}, supersedes: true },
    claim: async () => ({ soft_deleted_ms: service.clock.nowMs() }),
  });
}

/** The time of a server that was put aside is over; one that is being restored is left alone. */
export function reclaimServer(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
): Promise<void> {
  return actOnServer(service, asked, server, { ...atOnce, action: 'reclaim' });
}

/** Deletes at once, also what was put aside. */
export async function forceDeleteServer(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
): Promise<void> {
  if (server.taskState === 'deleting') return;
  await actOnServer(service, asked, server, { ...atOnce, action: 'force-delete' });
}
