import { limits } from '#base/limits.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind } from '#operations/operation.ts';
import { powerOn } from './steps/power-steps.ts';
import { settleActive, settleFailed } from './steps/settle.ts';

export const startServer: OperationKind<ComputeService, unknown> = {
  kind: 'start-server',
  deadlineMs: limits.operationDeadlineMs,
  steps: [
    powerOn,
    { name: 'mark-active', run: (service, context) => settleActive(service, context) },
  ],
  failed: settleFailed,
};
