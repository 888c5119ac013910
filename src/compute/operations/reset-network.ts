import { limits } from '#base/limits.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, StepContext } from '#operations/operation.ts';
import { mustFindServer, wantedServer } from './steps/wanted-server.ts';

/** Wires, filters and DHCP answers of a guest that has a process; one that is off has none. */
async function applyWires(
  service: ComputeService,
  { subject }: StepContext<unknown>,
): Promise<void> {
  const power = await service.agent.power(subject);
  if (power !== 'running' && power !== 'paused') return;
  const wanted = await wantedServer(service, await mustFindServer(service, subject), null);
  await service.agent.ensureWires(wanted);
  for (const { port } of wanted.ports) await service.networks.setPortStatus(port.id, 'ACTIVE');
}

function applying(kind: string): OperationKind<ComputeService, unknown> {
  return {
    kind,
    deadlineMs: limits.operationDeadlineMs,
    steps: [{ name: 'apply-wires', run: applyWires }],
    // Only the instance action tells; the server is what it was.
    failed: async () => undefined,
  };
}

export const resetNetwork = applying('reset-network');
export const injectNetworkInfo = applying('inject-network-info');
