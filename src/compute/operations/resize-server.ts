import { limits } from '#base/limits.ts';
import { updateMigration } from '#compute/migrations/store.ts';
import type { ServerMove } from '#compute/moves/move.ts';
import { findMove, finishMove } from '#compute/moves/store.ts';
import { powerStates } from '#compute/servers/status.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, Step, StepContext } from '#operations/operation.ts';
import { isKnownEnded } from './steps/left-behind.ts';
import { dropTargetDisks, giveUpTarget, makeTargetDisks } from './steps/move-disks.ts';
import { endMove, mustFindMove, noteProgress, standOn } from './steps/move-steps.ts';
import { powerOn, unplug } from './steps/power-steps.ts';
import { faultOf, settle } from './steps/settle.ts';

type Context = StepContext<unknown>;

/** A guest that ran runs again on the other side; one that was off stays off. */
const powerOnTarget: Step<ComputeService, unknown> = {
  name: 'power-on',
  run: async (service, context) => {
    const { vmState } = await mustFindMove(service, context);
    if (vmState === 'active') await powerOn.run(service, context);
  },
  undo: async (service, context) => {
    const { vmState } = await mustFindMove(service, context);
    if (vmState === 'active') await powerOn.undo?.(service, context);
  },
};

/**
 * Resizes and cold migrations: off, disks made for the target beside those of the source, the
 * server's row to the target, on. Undone, the server is where and what it was.
 */
export const resizeServer: OperationKind<ComputeService, unknown> = {
  kind: 'resize-server',
  deadlineMs: limits.moveDeadlineMs,
  steps: [
    { name: 'power-off', run: leaveSource, undo: comeBack },
    { name: 'move-disks', run: moveDisks, undo: takeDisksBack },
    {
      name: 'change-sides',
      run: async (service, context) => {
        await standOn(service, await mustFindMove(service, context), 'target', 'resize_finish');
        // From now on its guest may run there.
        context.data.isThere = true;
      },
      undo: async (service, context) =>
        standOn(service, await mustFindMove(service, context), 'source', undefined),
    },
    powerOnTarget,
    { name: 'mark-resized', run: markResized },
  ],
  failed,
};

async function leaveSource(service: ComputeService, context: Context): Promise<void> {
  const move = await mustFindMove(service, context);
  await noteProgress(service, move, 'resize_migrating', 'migrating');
  if (move.vmState !== 'active') return;
  await service.agent.ensureOff(context.subject, service.gracefulShutdownMs, context.signal);
  await unplug(service, context);
}

async function comeBack(service: ComputeService, context: Context): Promise<void> {
  const move = await mustFindMove(service, context);
  if (context.data.isThere) await endOnTarget(service, move);
  if (move.vmState === 'active') await powerOn.run(service, context);
}

/** A machine that answers no more may still run the guest: it may run on one of them only. */
async function endOnTarget(service: ComputeService, move: ServerMove): Promise<void> {
  const { agent } = service;
  const { serverId, source, target } = move;
  if (agent.sharesDisks(source.host, target.host)) return;
  try {
    await agent.on(target.host).removeGuest(serverId);
  } catch (error) {
    if (!(await isKnownEnded(service, target.host, serverId))) throw error;
  }
}

async function moveDisks(service: ComputeService, context: Context): Promise<void> {
  const move = await mustFindMove(service, context);
  await makeTargetDisks(service, move, context.signal);
  await noteProgress(service, move, 'resize_migrated', 'post-migrating');
}

async function takeDisksBack(service: ComputeService, context: Context): Promise<void> {
  await dropTargetDisks(service, await mustFindMove(service, context));
}

async function markResized(service: ComputeService, context: Context): Promise<void> {
  const move = await mustFindMove(service, context);
  const change = {
    vm_state: 'resized',
    power_state: move.vmState === 'active' ? powerStates.running : powerStates.shutdown,
    launched_ms: service.clock.nowMs(),
    fault: null,
  };
  await settle(service, context, change, null, async (tx, nowMs) => {
    await finishMove(tx, move.serverId, nowMs);
    await updateMigration(tx, move.migrationId, { status: 'finished' }, nowMs);
  });
}

/** What undoing did not do is done here or not at all: the disks, and then all the rest. */
async function failed(service: ComputeService, context: Context, error: Error): Promise<void> {
  const move = await findMove(service.database.queries, context.subject);
  if (!move) return;
  const hasRun = context.data.isThere === true && move.vmState === 'active';
  await giveUpTarget(service, move, hasRun);
  if (move.side === 'target') await standOn(service, move, 'source', undefined);
  const change = await stateAfterFailure(service, move);
  await settle(
    service,
    context,
    { ...change, fault: faultOf(service, error) },
    error.message,
    (tx, nowMs) => endMove(tx, move, 'error', nowMs),
  );
}

/** What it was; in error only if its guest could not be started again. */
export async function stateAfterFailure(
  service: ComputeService,
  { serverId, vmState }: ServerMove,
): Promise<{ vm_state: string; power_state: number }> {
  if (vmState === 'stopped') return { vm_state: 'stopped', power_state: powerStates.shutdown };
  const power = await service.agent.power(serverId).catch(() => 'absent' as const);
  return power === 'running'
    ? { vm_state: 'active', power_state: powerStates.running }
    : { vm_state: 'error', power_state: powerStates.none };
}
