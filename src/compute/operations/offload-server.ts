import { limits } from '#base/limits.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, Step } from '#operations/operation.ts';
import { unplug } from './steps/power-steps.ts';
import { settle } from './steps/settle.ts';

/** Takes all of a shelved server off its host but its ports, which stay its own. */
export const offloadSteps: readonly Step<ComputeService, unknown>[] = [
  { name: 'remove-guest', run: (service, { subject }) => service.agent.removeGuest(subject) },
  { name: 'remove-wires', run: unplug },
  { name: 'remove-disks', run: (service, { subject }) => service.agent.removeDisks(subject) },
  {
    name: 'mark-offloaded',
    run: (service, context) =>
      settle(service, context, { vm_state: 'shelved_offloaded', host: null }, null),
  },
];

/** What of the disk is lost when it fails is made again from the image. */
export const offloadServer: OperationKind<ComputeService, unknown> = {
  kind: 'shelve-offload-server',
  deadlineMs: limits.operationDeadlineMs,
  steps: offloadSteps,
  failed: (service, context, error) => settle(service, context, {}, error.message),
};
