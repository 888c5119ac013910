import { limits } from '#base/limits.ts';
import { finishInstanceAction } from '#compute/instance-actions/store.ts';
import { sidesOf } from '#compute/moves/move.ts';
import { findMove } from '#compute/moves/store.ts';
import { deletePassword } from '#compute/server-password/store.ts';
import { deleteTags } from '#compute/server-tags/store.ts';
import { deleteFiles } from '#compute/servers/files-store.ts';
import { powerStates } from '#compute/servers/status.ts';
import { findServer, updateServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, StepContext } from '#operations/operation.ts';
import { discardUnfinishedImages } from './snapshot-server.ts';
import { onHeldHost, onOwnHost } from './steps/awaited-hosts.ts';
import { clearHeldHost } from './steps/move-disks.ts';
import { endMove } from './steps/move-steps.ts';
import { unplug } from './steps/power-steps.ts';
import { settleFailed } from './steps/settle.ts';

/**
 * Nothing is undone: a deletion that its host fails can only be asked for again. One whose host is
 * silent waits until that answers, or counts as down.
 */
export const deleteServer: OperationKind<ComputeService, unknown> = {
  kind: 'delete-server',
  deadlineMs: limits.operationDeadlineMs,
  waits: true,
  steps: [
    { name: 'remove-guest', run: removeGuests },
    {
      name: 'remove-wires',
      run: (service, context) => onOwnHost(service, context, () => unplug(service, context)),
    },
    {
      name: 'release-ports',
      run: (service, { subject }) => service.networks.releasePorts(subject),
    },
    { name: 'remove-disks', run: removeDisks },
    { name: 'mark-deleted', run: markDeleted },
  ],
  failed: settleFailed,
};

/** During a resize or migration there may be another one, or its disks, on another host. */
async function removeGuests(service: ComputeService, context: StepContext<unknown>) {
  const { subject } = context;
  await onOwnHost(service, context, () => service.agent.removeGuest(subject));
  const move = await findMove(service.database.queries, subject);
  if (!move) return;
  const { host } = sidesOf(move).held;
  await onHeldHost(service, context, host, () => clearHeldHost(service, move));
}

/** Of a shelved server the image that it would come back from is nobody's, either. */
async function removeDisks(service: ComputeService, context: StepContext<unknown>) {
  const { subject } = context;
  await onOwnHost(service, context, async () => {
    await service.agent.removeDisks(subject);
    await discardUnfinishedImages(service, subject);
  });
  const server = await findServer(service.database.queries, subject);
  if (server?.shelvedImageId) await service.images.discardSnapshot(server.shelvedImageId);
}

async function markDeleted(service: ComputeService, context: StepContext<unknown>): Promise<void> {
  const nowMs = service.clock.nowMs();
  const gone = {
    vm_state: 'deleted',
    task_state: null,
    power_state: powerStates.none,
    host: null,
    terminated_ms: nowMs,
    deleted_ms: nowMs,
  };
  await service.database.transaction(async (tx) => {
    const move = await findMove(tx, context.subject);
    if (move) await endMove(tx, move, move.finishedMs === null ? 'error' : 'confirmed', nowMs);
    await updateServer(tx, context.subject, gone, nowMs);
    await deleteTags(tx, context.subject);
    await deleteFiles(tx, context.subject);
    await deletePassword(tx, context.subject);
    await finishInstanceAction(tx, context.subject, context.requestId, null, nowMs);
  });
}
