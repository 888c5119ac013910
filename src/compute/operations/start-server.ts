import { limits } from '#base/limits.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind } from '#operations/operation.ts';
import { powerOn } from './power-steps.ts';
import { settleActive, settleFailed } from './settle.ts';

export const startServer: OperationKind<ComputeService, unknown> = {
  kind: 'start-server',
  deadlineMs: limits.operationDeadlineMs,
  steps: [
    powerOn,
    { name: 'mark-active', run: (service, context) => settleActive(service, context) },
  ],
  failed: settleFailed,
};
