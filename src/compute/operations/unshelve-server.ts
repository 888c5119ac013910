import { limits } from '#base/limits.ts';
import { placeMove } from '#compute/placement/place-move.ts';
import { findServer, updateServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, StepContext } from '#operations/operation.ts';
import { explain } from '#scheduler/placement.ts';
import { leaveUnreached } from './steps/left-behind.ts';
import { powerOn } from './steps/power-steps.ts';
import { settle, settleActive } from './steps/settle.ts';

export interface UnshelveInput {
  imageId: string | null;
  /** The only host that will do. */
  host: string | null;
  wasOffloaded: boolean;
}

/** A host where there is none, the disk from the image where it is gone, and then the guest. */
export const unshelveServer: OperationKind<ComputeService, UnshelveInput> = {
  kind: 'unshelve-server',
  deadlineMs: limits.operationDeadlineMs,
  steps: [
    { name: 'claim-host', run: claimHost, undo: leaveHost },
    { ...powerOn, undo: removeAll },
    { name: 'mark-active', run: markActive },
    { name: 'discard-image', run: discardImage },
  ],
  failed: async (service, context, error) => {
    const { wasOffloaded } = context.input;
    const vm_state = wasOffloaded ? 'shelved_offloaded' : 'shelved';
    await settle(service, context, { vm_state }, error.message);
  },
};

async function claimHost(service: ComputeService, context: StepContext<UnshelveInput>) {
  if (!context.input.wasOffloaded) return;
  const { host } = context.input;
  const placement = await service.placing(async (tx) => {
    const server = await findServer(tx, context.subject);
    // A deletion has taken over, or this was done before.
    if (!server || server.host !== null) return undefined;
    const wish = { flavor: server.flavor, host, mayStay: false };
    const placed = await placeMove(service, tx, server, wish);
    const change = placed.host && { host: placed.host.name, availability_zone: placed.host.zone };
    if (change) await updateServer(tx, server.id, change, service.clock.nowMs());
    return placed;
  });
  if (placement && !placement.host) throw new Error(explain(placement.explanation));
}

async function leaveHost(service: ComputeService, context: StepContext<UnshelveInput>) {
  if (!context.input.wasOffloaded) return;
  const nowMs = service.clock.nowMs();
  await service.database.transaction((tx) =>
    updateServer(tx, context.subject, { host: null }, nowMs),
  );
}

async function removeAll(service: ComputeService, context: StepContext<UnshelveInput>) {
  const { wasOffloaded } = context.input;
  try {
    await powerOn.undo?.(service, context);
    if (wasOffloaded) await service.agent.removeDisks(context.subject);
  } catch (error) {
    // One that keeps its host is removed there, or asked again, by what comes next.
    if (!wasOffloaded) throw error;
    await leaveUnreached(service, context.subject, error as Error);
  }
}

function markActive(service: ComputeService, context: StepContext<UnshelveInput>) {
  return settleActive(service, context, { shelved_image_id: null, shelved_ms: null });
}

async function discardImage(service: ComputeService, { input }: StepContext<UnshelveInput>) {
  if (input.imageId !== null) await service.images.discardSnapshot(input.imageId);
}
