import { limits } from '#base/limits.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind } from '#operations/operation.ts';

/** Only the instance action tells whether the guest was reached. */
export const triggerCrashDump: OperationKind<ComputeService, unknown> = {
  kind: 'trigger-crash-dump',
  deadlineMs: limits.operationDeadlineMs,
  steps: [{ name: 'inject-nmi', run: (service, { subject }) => service.agent.injectNmi(subject) }],
  failed: async () => undefined,
};
