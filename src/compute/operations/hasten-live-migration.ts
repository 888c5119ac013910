import { limits } from '#base/limits.ts';
import { finishInstanceAction } from '#compute/instance-actions/store.ts';
import { findMigration } from '#compute/migrations/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, StepContext } from '#operations/operation.ts';

interface Input {
  serverId: string;
  migrationId: number;
}

type Context = StepContext<Input>;

/** Its memory alone is left to be sent: most are over at once. */
const [shortestRestMs, longestRestMs] = [10, 500];

/** Goes on beside the migration; the guest stands still until that is over, or called off. */
export const hastenLiveMigration: OperationKind<ComputeService, Input> = {
  kind: 'hasten-live-migration',
  deadlineMs: limits.moveDeadlineMs,
  steps: [
    { name: 'stand-still', run: standStill },
    { name: 'mark-forced', run: (service, context) => finish(service, context, null) },
  ],
  failed: (service, context, error) => finish(service, context, error.message),
};

/**
 * Until it is over: one that is only just beginning is waited for, and one that is begun anew, as
 * after a restart of ours, lets its guest run again.
 */
async function standStill(service: ComputeService, { input, signal }: Context): Promise<void> {
  const { serverId, migrationId } = input;
  for (let restMs = shortestRestMs; ; restMs = Math.min(2 * restMs, longestRestMs)) {
    const found = await findMigration(service.database.queries, serverId, migrationId);
    if (found?.status !== 'running' || found.sourceHost === null) return;
    await service.agent.on(found.sourceHost).hastenMigration(serverId);
    await service.clock.sleep(restMs, signal);
  }
}

async function finish(
  service: ComputeService,
  { requestId, input }: Context,
  failure: string | null,
): Promise<void> {
  const nowMs = service.clock.nowMs();
  await service.database.transaction((tx) =>
    finishInstanceAction(tx, input.serverId, requestId, failure, nowMs),
  );
}
