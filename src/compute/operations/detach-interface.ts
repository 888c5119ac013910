import { limits } from '#base/limits.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind } from '#operations/operation.ts';
import { type InterfaceInput, plugCard, unplugCard } from './attach-interface.ts';

/** A guest that does not let go of its card keeps it, and its port. */
export const detachInterface: OperationKind<ComputeService, InterfaceInput> = {
  kind: 'detach-interface',
  deadlineMs: limits.operationDeadlineMs,
  steps: [
    { name: 'unplug-card', run: unplugCard, undo: plugCard },
    {
      name: 'release-port',
      run: (service, { subject, input }) => service.networks.releasePort(subject, input.portId),
    },
  ],
  // What is told is in the instance action; the server is what it was.
  failed: async () => undefined,
};
