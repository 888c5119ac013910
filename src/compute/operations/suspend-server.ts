import { limits } from '#base/limits.ts';
import { powerStates } from '#compute/servers/status.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind } from '#operations/operation.ts';
import { settle, settleActive, settleFailed } from './steps/settle.ts';
import { mustFindServer, wantedServer } from './steps/wanted-server.ts';

/** The wires stay as they are: nothing flows over them, and nobody else may have them. */
export const suspendServer: OperationKind<ComputeService, unknown> = {
  kind: 'suspend-server',
  deadlineMs: limits.operationDeadlineMs,
  steps: [
    {
      name: 'keep-memory',
      run: (service, { subject, signal }) => service.agent.suspend(subject, signal),
      undo: (service, { subject }) => service.agent.keepRunning(subject),
    },
    {
      name: 'mark-suspended',
      run: (service, context) => {
        // No process is left, which is what Nova's driver for QEMU tells, too.
        const change = { vm_state: 'suspended', power_state: powerStates.shutdown, fault: null };
        return settle(service, context, change, null);
      },
    },
  ],
  failed: settleFailed,
};

/** Nothing is undone: until the guest runs its memory is kept, and a guest that runs goes on. */
export const resumeServer: OperationKind<ComputeService, unknown> = {
  kind: 'resume-server',
  deadlineMs: limits.operationDeadlineMs,
  steps: [
    {
      name: 'restore-memory',
      run: async (service, { subject, signal }) => {
        const server = await mustFindServer(service, subject);
        await service.agent.resume(await wantedServer(service, server, null), signal);
      },
    },
    { name: 'mark-active', run: (service, context) => settleActive(service, context) },
  ],
  failed: settleFailed,
};
