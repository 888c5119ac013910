import { computeErrors } from '#compute/errors.ts';
import type { ComputeService } from '#compute/service.ts';
import type { GuestDiagnostics } from '#drivers/hypervisor/hypervisor.ts';
import type { Allowed } from '#policy/engine.ts';
import type { Server } from './server.ts';

/** @throws InstanceNotReady on no host yet, InstanceInvalidState where no guest runs (409) */
export async function readDiagnostics(
  service: ComputeService,
  server: Allowed<Server>,
): Promise<GuestDiagnostics> {
  if (server.host === null) throw computeErrors.notReady({ id: server.id });
  const found = await service.agent.diagnostics(server.id);
  if (found) return found;
  throw computeErrors.invalidState({
    action: 'get_diagnostics',
    id: server.id,
    attribute: 'power state',
    state: 'shutdown',
  });
}
