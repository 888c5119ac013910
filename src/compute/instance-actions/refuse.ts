import type { Asked } from '#compute/servers/act.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import { startEvent } from './event-store.ts';
import { finishInstanceAction } from './store.ts';

/** Nova's name for the choice of a host. */
const scheduling = 'conductor_schedule_and_build_instances';

/** Ends the action of a creation that found no host; an event tells administrators why. */
export async function refuseAction(
  service: ComputeService,
  tx: Queries,
  asked: Asked,
  serverId: string,
  reason: string,
): Promise<void> {
  const nowMs = service.clock.nowMs();
  const event = { id: service.ids.uuid(), name: scheduling, nowMs };
  await startEvent(tx, serverId, asked.requestId, event);
  await finishInstanceAction(tx, serverId, asked.requestId, reason, nowMs);
}
