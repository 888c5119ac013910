import { limits } from '#base/limits.ts';
import { findMove } from '#compute/moves/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind, StepContext } from '#operations/operation.ts';
import { stateAfter } from './live-migrate-server.ts';
import { clearTarget, goOnAtSource } from './steps/live-steps.ts';
import { endMove } from './steps/move-steps.ts';
import { faultOf, settle } from './steps/settle.ts';

type Context = StepContext<unknown>;

/**
 * Takes over from a live migration that has not changed sides, and no longer can: what it had begun
 * is taken back. Nothing is undone of that.
 */
export const abortLiveMigration: OperationKind<ComputeService, unknown> = {
  kind: 'abort-live-migration',
  deadlineMs: limits.operationDeadlineMs,
  steps: [
    { name: 'stay', run: stay },
    { name: 'mark-cancelled', run: (service, context) => markCancelled(service, context) },
  ],
  failed: async (service, context, error) => {
    // It must not stay between its hosts: what could not be done before may be done now.
    await stay(service, context).catch((problem: unknown) => {
      const facts = { serverId: context.subject, error: String(problem) };
      service.log.error(facts, 'a live migration that was called off is not taken back');
    });
    await markCancelled(service, context, error);
  },
};

async function stay(service: ComputeService, { subject }: Context): Promise<void> {
  const move = await findMove(service.database.queries, subject);
  if (!move) return;
  await goOnAtSource(service, move);
  await clearTarget(service, move);
}

async function markCancelled(
  service: ComputeService,
  context: Context,
  error?: Error,
): Promise<void> {
  const move = await findMove(service.database.queries, context.subject);
  const change = await stateAfter(service, context);
  const fault = error && { fault: faultOf(service, error) };
  await settle(
    service,
    context,
    { ...change, ...fault },
    error?.message ?? null,
    async (tx, nowMs) => {
      if (move) await endMove(tx, move, 'cancelled', nowMs);
    },
  );
}
