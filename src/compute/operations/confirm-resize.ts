import { limits } from '#base/limits.ts';
import { findMove } from '#compute/moves/store.ts';
import { powerStates } from '#compute/servers/status.ts';
import { findServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, StepContext } from '#operations/operation.ts';
import { dropSourceDisks } from './steps/move-disks.ts';
import { endMove, mustFindMove } from './steps/move-steps.ts';
import { settle } from './steps/settle.ts';

type Context = StepContext<unknown>;

/** Nothing is undone: a confirmation that fails can only be asked for again. */
export const confirmResize: OperationKind<ComputeService, unknown> = {
  kind: 'confirm-resize',
  deadlineMs: limits.operationDeadlineMs,
  steps: [
    {
      name: 'drop-source',
      run: async (service, context) =>
        dropSourceDisks(service, await mustFindMove(service, context)),
    },
    { name: 'mark-confirmed', run: markConfirmed },
  ],
  failed: async (service, context, error) => {
    // Where there is nothing to confirm there is nothing to settle.
    const move = await findMove(service.database.queries, context.subject);
    if (move) await settle(service, context, {}, error.message);
  },
};

/** Active or stopped, as its guest is; what an administrator said meanwhile stays. */
async function markConfirmed(service: ComputeService, context: Context): Promise<void> {
  const move = await findMove(service.database.queries, context.subject);
  // Marked before: the move is over.
  if (!move) return;
  const isRunning = (await service.agent.power(context.subject)) === 'running';
  const server = await findServer(service.database.queries, context.subject);
  const change = isRunning
    ? { vm_state: 'active', power_state: powerStates.running }
    : { vm_state: 'stopped', power_state: powerStates.shutdown };
  await settle(service, context, server?.vmState === 'resized' ? change : {}, null, (tx, nowMs) =>
    endMove(tx, move, 'confirmed', nowMs),
  );
}
