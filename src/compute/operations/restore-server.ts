import { limits } from '#base/limits.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind } from '#operations/operation.ts';
import { powerOn } from './steps/power-steps.ts';
import { settle, settleActive } from './steps/settle.ts';

/** Undone, the server is put aside again, with the time that it still had. */
export const restoreServer: OperationKind<ComputeService, unknown> = {
  kind: 'restore-server',
  deadlineMs: limits.operationDeadlineMs,
  steps: [
    powerOn,
    {
      name: 'mark-active',
      run: (service, context) => settleActive(service, context, { soft_deleted_ms: null }),
    },
  ],
  failed: (service, context, error) =>
    settle(service, context, { vm_state: 'soft-delete' }, error.message),
};
