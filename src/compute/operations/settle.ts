import { finishInstanceAction } from '#compute/instance-actions/store.ts';
import { type Fault, powerStates } from '#compute/servers/server.ts';
import { type ServerChange, updateServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { StepContext } from '#operations/operation.ts';

/** Writes the state that was promised and ends the instance action, in one transaction. */
export async function settle(
  service: ComputeService,
  context: StepContext<unknown>,
  change: ServerChange,
  failure: string | null,
): Promise<void> {
  const nowMs = service.clock.nowMs();
  await service.database.transaction(async (tx) => {
    await updateServer(tx, context.subject, { ...change, task_state: null }, nowMs);
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

/** After a failure that was undone: the server is what its host says, or in error with a fault. */
export async function settleFailed(
  service: ComputeService,
  context: StepContext<unknown>,
  error: Error,
): Promise<void> {
  const power = await service.agent.power(context.subject).catch(() => 'absent' as const);
  const isRunning = power === 'running';
  await settle(
    service,
    context,
    {
      vm_state: isRunning ? 'active' : 'error',
      power_state: isRunning ? powerStates.running : powerStates.none,
      fault: faultOf(service, error),
    },
    error.message,
  );
}

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
