import { limits } from '#base/limits.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, StepContext } from '#operations/operation.ts';
import { powerOff, powerOn } from './steps/power-steps.ts';
import { settleActive, settleFailed } from './steps/settle.ts';

export interface RebootServerInput {
  type: 'SOFT' | 'HARD';
}

/** Off and on again, as Nova does it: a guest that ignores the button is rebooted all the same. */
export const rebootServer: OperationKind<ComputeService, RebootServerInput> = {
  kind: 'reboot-server',
  deadlineMs: limits.operationDeadlineMs,
  steps: [
    powerOff((service, context) => {
      const { type } = (context as StepContext<RebootServerInput>).input;
      return type === 'HARD' ? 0 : service.gracefulShutdownMs;
    }),
    powerOn,
    { name: 'mark-active', run: (service, context) => settleActive(service, context) },
  ],
  failed: settleFailed,
};
