import { limits } from '#base/limits.ts';
import { powerStates, promisedPower } from '#compute/servers/status.ts';
import { updateServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, Step, StepContext } from '#operations/operation.ts';
import { offloadSteps } from './offload-server.ts';
import { powerOff, powerOn } from './steps/power-steps.ts';
import { faultOf, noteTask, settle } from './steps/settle.ts';
import { mustFindServer } from './steps/wanted-server.ts';

export interface ShelveInput {
  imageId: string;
  /** Whether it also leaves its host. */
  offload: boolean;
}

/**
 * Up to `mark-shelved` the disk is the truth, and everything can be undone; from then on the image
 * is, and nothing is undone any more: what of the disk is lost is made again from the image.
 */
export const shelveServer: OperationKind<ComputeService, ShelveInput> = {
  kind: 'shelve-server',
  deadlineMs: limits.moveDeadlineMs,
  steps: [
    { ...powerOff((service) => service.gracefulShutdownMs), undo: powerOnAgain },
    { name: 'save-image', run: saveImage, undo: discardImage },
    { name: 'mark-shelved', run: markShelved },
    ...offloadSteps.map(onlyWhenOffloading),
  ],
  failed: settleUnshelved,
};

function onlyWhenOffloading(
  step: Step<ComputeService, unknown>,
): Step<ComputeService, ShelveInput> {
  const run = async (service: ComputeService, context: StepContext<ShelveInput>) => {
    if (context.input.offload) await step.run(service, context);
  };
  return { name: step.name, run };
}

async function isShelved(service: ComputeService, serverId: string): Promise<boolean> {
  return (await mustFindServer(service, serverId)).vmState === 'shelved';
}

async function powerOnAgain(service: ComputeService, context: StepContext<unknown>): Promise<void> {
  const { vmState } = await mustFindServer(service, context.subject);
  if (vmState === 'active') await powerOn.run(service, context);
}

async function saveImage(service: ComputeService, context: StepContext<ShelveInput>) {
  const { subject, signal, input } = context;
  await noteTask(service, subject, 'shelving_image_uploading');
  const open = () => service.agent.exportDisk(subject, signal);
  await service.images.fillSnapshot(input.imageId, open);
}

async function discardImage(service: ComputeService, context: StepContext<ShelveInput>) {
  if (await isShelved(service, context.subject)) return;
  await service.images.discardSnapshot(context.input.imageId);
}

async function markShelved(service: ComputeService, context: StepContext<ShelveInput>) {
  const { subject, input } = context;
  const nowMs = service.clock.nowMs();
  const shelved = {
    vm_state: 'shelved',
    power_state: powerStates.shutdown,
    fault: null,
    shelved_ms: nowMs,
  };
  if (!input.offload) return settle(service, context, shelved, null);
  const change = { ...shelved, task_state: 'shelving_offloading' };
  await service.database.transaction((tx) => updateServer(tx, subject, change, nowMs));
}

/**
 * A server that was shelved stays so, wherever its offloading got stuck. Otherwise it is as before;
 * one whose memory is lost with its guest is stopped.
 */
async function settleUnshelved(
  service: ComputeService,
  context: StepContext<ShelveInput>,
  error: Error,
): Promise<void> {
  const server = await mustFindServer(service, context.subject);
  if (server.vmState === 'shelved') return settle(service, context, {}, error.message);
  const found = await service.agent.power(context.subject).catch(() => 'absent' as const);
  const power = found === 'absent' ? 'off' : found;
  const promised = promisedPower[server.vmState] ?? 'off';
  const isAsBefore = power === promised && server.vmState !== 'suspended';
  const stopped = { vm_state: 'stopped', power_state: powerStates.shutdown };
  const change = isAsBefore ? {} : stopped;
  const fault = faultOf(service, error);
  await settle(service, context, { ...change, shelved_image_id: null, fault }, error.message);
}
