import { limits } from '#base/limits.ts';
import { sidesOf } from '#compute/moves/move.ts';
import { findMove } from '#compute/moves/store.ts';
import { powerStates } from '#compute/servers/status.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, StepContext } from '#operations/operation.ts';
import { discardUnfinishedImages } from './snapshot-server.ts';
import { onHeldHost, unlessDown } from './steps/awaited-hosts.ts';
import { clearHeldHost, dropSourceDisks, dropTargetDisks } from './steps/move-disks.ts';
import { endMove } from './steps/move-steps.ts';
import { powerOff } from './steps/power-steps.ts';
import { settle, settleFailed } from './steps/settle.ts';

const switchOff = powerOff((service) => service.gracefulShutdownMs);

/**
 * The guest ends; its disks, ports and place on the host stay, so that it can be restored. A host
 * that is silent is waited for; of one that is down the guest is ended when it is back.
 */
export const softDeleteServer: OperationKind<ComputeService, unknown> = {
  kind: 'soft-delete-server',
  deadlineMs: limits.operationDeadlineMs,
  waits: true,
  steps: [
    {
      name: switchOff.name,
      run: (service, context) =>
        unlessDown(service, context, () => switchOff.run(service, context)),
    },
    { name: 'settle-move', run: settleMove },
    {
      name: 'mark-put-aside',
      run: (service, context) => {
        const change = { vm_state: 'soft-delete', power_state: powerStates.shutdown, fault: null };
        return settle(service, context, change, null);
      },
    },
  ],
  failed: settleFailed,
};

/** A server that was being moved is put aside where its row stands, and is moved no more. */
async function settleMove(service: ComputeService, context: StepContext<unknown>): Promise<void> {
  const { subject } = context;
  await unlessDown(service, context, async () => {
    await discardUnfinishedImages(service, subject);
    // It comes back from its own disk.
    await service.agent.dropRescueDisks(subject);
  });
  await discardUnfinishedImages(service, subject, false);
  const move = await findMove(service.database.queries, subject);
  if (!move) return;
  const isThere = move.side === 'target';
  await onHeldHost(service, context, sidesOf(move).held.host, async () => {
    await clearHeldHost(service, move);
    await (isThere ? dropSourceDisks(service, move) : dropTargetDisks(service, move));
  });
  const nowMs = service.clock.nowMs();
  await service.database.transaction((tx) =>
    endMove(tx, move, isThere ? 'confirmed' : 'error', nowMs),
  );
}
