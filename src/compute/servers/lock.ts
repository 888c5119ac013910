import { requestErrors } from '#base/errors.ts';
import { finishInstanceAction } from '#compute/instance-actions/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import { type Actor, isAdmin } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, recordAction } from './act.ts';
import { requireExisting } from './require-server.ts';
import type { Server } from './server.ts';
import { type ServerChange, updateServer } from './store.ts';

/** Whether someone acts for the project of the server or from outside of it. */
function sideOf(actor: Actor, server: Server): 'owner' | 'admin' {
  return actor.projectId === server.projectId ? 'owner' : 'admin';
}

/**
 * From now on only administrators change the server. Legal in every state. Owners do not lock
 * twice: what an administrator locked stays the administrator's.
 */
export async function lockServer(
  service: ComputeService,
  asked: Asked,
  allowed: Allowed<Server>,
  reason: string | null,
): Promise<void> {
  await service.database.transaction(async (tx) => {
    const server = await requireExisting(tx, allowed);
    const side = sideOf(asked.actor, server);
    if (server.isLocked && side === 'owner') return;
    const change = { locked: 1, locked_by: side, locked_reason: reason };
    await record(service, tx, asked, server, 'lock', change);
  });
}

/** @throws PolicyNotAuthorized (403) when the other side locked it and an owner asks. */
export async function unlockServer(
  service: ComputeService,
  asked: Asked,
  allowed: Allowed<Server>,
): Promise<void> {
  await service.database.transaction(async (tx) => {
    const server = await requireExisting(tx, allowed);
    const isOthers = server.lockedBy !== null && server.lockedBy !== sideOf(asked.actor, server);
    if (isOthers && !isAdmin(asked.actor)) {
      throw requestErrors.policyRefused({ action: 'ecs:servers:unlockOverride' });
    }
    const change = { locked: 0, locked_by: null, locked_reason: null };
    await record(service, tx, asked, server, 'unlock', change);
  });
}

/** No host is asked to do anything, so that the action is over as soon as it is written. */
async function record(
  service: ComputeService,
  tx: Queries,
  asked: Asked,
  server: Server,
  action: 'lock' | 'unlock',
  change: ServerChange,
): Promise<void> {
  const nowMs = service.clock.nowMs();
  await updateServer(tx, server.id, change, nowMs);
  await recordAction(service, tx, asked, server, action);
  await finishInstanceAction(tx, server.id, asked.requestId, null, nowMs);
}
