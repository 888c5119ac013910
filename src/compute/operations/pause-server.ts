import { limits } from '#base/limits.ts';
import { powerStates } from '#compute/servers/status.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, Step } from '#operations/operation.ts';
import { settle, settleActive, settleFailed } from './steps/settle.ts';

const pauseGuest: Step<ComputeService, unknown> = {
  name: 'pause-guest',
  run: (service, { subject }) => service.agent.pause(subject),
  undo: (service, { subject }) => service.agent.unpause(subject),
};

const unpauseGuest: Step<ComputeService, unknown> = {
  name: 'unpause-guest',
  run: (service, { subject }) => service.agent.unpause(subject),
  undo: (service, { subject }) => service.agent.pause(subject),
};

export const pauseServer: OperationKind<ComputeService, unknown> = {
  kind: 'pause-server',
  deadlineMs: limits.operationDeadlineMs,
  steps: [
    pauseGuest,
    {
      name: 'mark-paused',
      run: (service, context) => {
        const change = { vm_state: 'paused', power_state: powerStates.paused, fault: null };
        return settle(service, context, change, null);
      },
    },
  ],
  failed: settleFailed,
};

export const unpauseServer: OperationKind<ComputeService, unknown> = {
  kind: 'unpause-server',
  deadlineMs: limits.operationDeadlineMs,
  steps: [
    unpauseGuest,
    { name: 'mark-active', run: (service, context) => settleActive(service, context) },
  ],
  failed: settleFailed,
};
