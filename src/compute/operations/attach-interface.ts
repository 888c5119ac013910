import { limits } from '#base/limits.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, StepContext } from '#operations/operation.ts';

export interface InterfaceInput {
  portId: string;
}

type Context = StepContext<InterfaceInput>;

/** The port is the server's already; undone, it is not any more. */
export const attachInterface: OperationKind<ComputeService, InterfaceInput> = {
  kind: 'attach-interface',
  deadlineMs: limits.operationDeadlineMs,
  steps: [{ name: 'plug-card', run: plugCard, undo: unplugCard }],
  failed: (service, { subject, input }) => service.networks.releasePort(subject, input.portId),
};

/** A guest that is off gets its new card with its next start. */
export async function plugCard(service: ComputeService, context: Context): Promise<void> {
  const { portId } = context.input;
  const wiring = await service.networks.wiring(portId);
  // The user may have deleted the port in the meantime.
  if (!wiring) return;
  const isInUse = await service.agent.attachNic(context.subject, wiring);
  if (isInUse) await service.networks.setPortStatus(portId, 'ACTIVE');
}

export async function unplugCard(service: ComputeService, context: Context): Promise<void> {
  const { portId } = context.input;
  await service.agent.detachNic(context.subject, portId, context.signal);
  await service.networks.setPortStatus(portId, 'DOWN');
}
