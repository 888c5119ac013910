import { finishInstanceAction } from '#compute/instance-actions/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, recordAction } from './act.ts';
import { requireExisting } from './require-server.ts';
import type { Server } from './server.ts';
import { updateServer } from './store.ts';

/**
 * An administrator says what a server is, whatever it was busy with. Only the record changes: an
 * operation that is at work goes on and has the last word.
 */
export async function resetState(
  service: ComputeService,
  asked: Asked,
  allowed: Allowed<Server>,
  vmState: 'active' | 'error',
): Promise<void> {
  const nowMs = service.clock.nowMs();
  await service.database.transaction(async (tx) => {
    const server = await requireExisting(tx, allowed);
    await updateServer(tx, server.id, { vm_state: vmState, task_state: null }, nowMs);
    await recordAction(service, tx, asked, server, 'resetState');
    await finishInstanceAction(tx, server.id, asked.requestId, null, nowMs);
  });
}
