import { finishInstanceAction } from '#compute/instance-actions/store.ts';
import type { Fault } from '#compute/servers/server.ts';
import { powerStates, promisedPower, type TaskState } from '#compute/servers/status.ts';
import { type ServerChange, updateServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import type { StepContext } from '#operations/operation.ts';
import { mustFindServer } from './wanted-server.ts';

/**
 * Writes the state that was promised and ends the instance action, in one transaction.
 * @param also what else is written in it
 */
export async function settle(
  service: ComputeService,
  context: StepContext<unknown>,
  change: ServerChange,
  failure: string | null,
  also?: (tx: Queries, nowMs: number) => Promise<void>,
): Promise<void> {
  const nowMs = service.clock.nowMs();
  await service.database.transaction(async (tx) => {
    await updateServer(tx, context.subject, { ...change, task_state: null }, nowMs);
    await also?.(tx, nowMs);
    await finishInstanceAction(tx, context.subject, context.requestId, failure, nowMs);
  });
}

export function settleActive(
  service: ComputeService,
  context: StepContext<unknown>,
  extra: ServerChange = {},
): Promise<void> {
  const change = { vm_state: 'active', power_state: powerStates.running, fault: null, ...extra };
  return settle(service, context, change, null);
}

/**
 * After a failure that was undone: the server stays what it was where its host agrees, or cannot be
 * asked; otherwise it is what its host says, or in error. The fault is kept with it.
 */
export async function settleFailed(
  service: ComputeService,
  context: StepContext<unknown>,
  error: Error,
): Promise<void> {
  const server = await mustFindServer(service, context.subject);
  // What a host that is away would say is seen when it is back.
  const found = await service.agent.power(context.subject).catch(() => 'unknown' as const);
  const power = found === 'absent' ? 'off' : found;
  // One that was resized or is rescued waits for somebody, running or not.
  const isWaiting = server.vmState === 'resized' || server.vmState === 'rescued';
  const isAsBefore = isWaiting || power === (promisedPower[server.vmState] ?? 'off');
  const isKept = isAsBefore || power === 'unknown';
  const change = isKept ? { vm_state: server.vmState } : stateWith[power];
  const fault = faultOf(service, error);
  await settle(service, context, { ...change, fault }, error.message);
}

const stateWith = {
  running: { vm_state: 'active', power_state: powerStates.running },
  paused: { vm_state: 'paused', power_state: powerStates.paused },
  suspended: { vm_state: 'suspended', power_state: powerStates.shutdown },
  off: { vm_state: 'error', power_state: powerStates.none },
} as const;

/** Tenants read that it failed and in which class; the details are for administrators. */
export function faultOf(service: ComputeService, error: Error, message?: string): string {
  const fault: Fault = {
    code: 500,
    message: message ?? error.name,
    details: error.message,
    createdMs: service.clock.nowMs(),
  };
  return JSON.stringify(fault);
}

/** A state on the way, which nobody was promised. */
export async function noteTask(
  service: ComputeService,
  id: string,
  task: TaskState,
): Promise<void> {
  const nowMs = service.clock.nowMs();
  await service.database.note((tx) => updateServer(tx, id, { task_state: task }, nowMs));
}
