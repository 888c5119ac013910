import { limits } from '#base/limits.ts';
import { powerStates } from '#compute/servers/status.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, StepContext } from '#operations/operation.ts';
import { powerOff } from './steps/power-steps.ts';
import { settle, settleFailed } from './steps/settle.ts';

export interface StopServerInput {
  type: 'SOFT' | 'HARD';
}

export const stopServer: OperationKind<ComputeService, StopServerInput> = {
  kind: 'stop-server',
  deadlineMs: limits.operationDeadlineMs,
  steps: [
    powerOff((service, context) => {
      const { type } = (context as StepContext<StopServerInput>).input;
      return type === 'HARD' ? 0 : service.gracefulShutdownMs;
    }),
    {
      name: 'mark-stopped',
      run: (service, context) => {
        const change = { vm_state: 'stopped', power_state: powerStates.shutdown, fault: null };
        return settle(service, context, change, null);
      },
    },
  ],
  failed: settleFailed,
};
