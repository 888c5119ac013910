import { limits } from '#base/limits.ts';
import { finishInstanceAction } from '#compute/instance-actions/store.ts';
import { deletePassword } from '#compute/server-password/store.ts';
import { deleteTags } from '#compute/server-tags/store.ts';
import { deleteFiles } from '#compute/servers/files-store.ts';
import { powerStates } from '#compute/servers/server.ts';
import { updateServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, StepContext } from '#operations/operation.ts';
import { unplug } from './power-steps.ts';
import { settleFailed } from './settle.ts';

/** Nothing is undone: a deletion that fails can only be asked for again. */
export const deleteServer: OperationKind<ComputeService, unknown> = {
  kind: 'delete-server',
  deadlineMs: limits.operationDeadlineMs,
  steps: [
    { name: 'remove-guest', run: (service, { subject }) => service.agent.removeGuest(subject) },
    { name: 'remove-wires', run: unplug },
    {
      name: 'release-ports',
      run: (service, { subject }) => service.networks.releasePorts(subject),
    },
    { name: 'remove-disks', run: (service, { subject }) => service.agent.removeDisks(subject) },
    { name: 'mark-deleted', run: markDeleted },
  ],
  failed: settleFailed,
};

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
    await updateServer(tx, context.subject, gone, nowMs);
    await deleteTags(tx, context.subject);
    await deleteFiles(tx, context.subject);
    await deletePassword(tx, context.subject);
    await finishInstanceAction(tx, context.subject, context.requestId, null, nowMs);
  });
}
