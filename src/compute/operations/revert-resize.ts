import { limits } from '#base/limits.ts';
import { findMove } from '#compute/moves/store.ts';
import { powerStates } from '#compute/servers/status.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, StepContext } from '#operations/operation.ts';
import { stateAfterFailure } from './resize-server.ts';
import { dropTargetDisks } from './steps/move-disks.ts';
import { endMove, mustFindMove, standOn } from './steps/move-steps.ts';
import { powerOn, unplug } from './steps/power-steps.ts';
import { faultOf, settle } from './steps/settle.ts';

type Context = StepContext<unknown>;

/**
 * Off, the former disks and the former row back, on. There is no way back from giving up the disks,
 * so nothing is undone: one that failed before is asked for again, one that failed after has ended.
 */
export const revertResize: OperationKind<ComputeService, unknown> = {
  kind: 'revert-resize',
  deadlineMs: limits.operationDeadlineMs,
  steps: [
    { name: 'power-off', run: leaveTarget },
    { name: 'take-back', run: takeBack },
    { name: 'power-on', run: powerOnSource },
    { name: 'mark-reverted', run: markReverted },
  ],
  failed,
};

/** At once: what the guest would still write is lost all the same. */
async function leaveTarget(service: ComputeService, context: Context): Promise<void> {
  await service.agent.ensureOff(context.subject, 0, context.signal);
  await unplug(service, context);
}

async function takeBack(service: ComputeService, context: Context): Promise<void> {
  const move = await mustFindMove(service, context);
  await dropTargetDisks(service, move);
  await standOn(service, move, 'source', undefined);
}

async function powerOnSource(service: ComputeService, context: Context): Promise<void> {
  const { vmState } = await mustFindMove(service, context);
  if (vmState === 'active') await powerOn.run(service, context);
}

async function markReverted(service: ComputeService, context: Context): Promise<void> {
  const move = await findMove(service.database.queries, context.subject);
  // Marked before: the move is over.
  if (!move) return;
  const change =
    move.vmState === 'active'
      ? { vm_state: 'active', power_state: powerStates.running }
      : { vm_state: 'stopped', power_state: powerStates.shutdown };
  await settle(service, context, { ...change, fault: null }, null, (tx, nowMs) =>
    endMove(tx, move, 'reverted', nowMs),
  );
}

async function failed(service: ComputeService, context: Context, error: Error): Promise<void> {
  const move = await findMove(service.database.queries, context.subject);
  if (!move) return;
  if (move.side === 'target') {
    const power = await service.agent.power(context.subject).catch(() => 'absent' as const);
    const power_state = power === 'running' ? powerStates.running : powerStates.shutdown;
    await settle(service, context, { power_state }, error.message);
    return;
  }
  const change = await stateAfterFailure(service, move);
  await settle(
    service,
    context,
    { ...change, fault: faultOf(service, error) },
    error.message,
    (tx, nowMs) => endMove(tx, move, 'reverted', nowMs),
  );
}
