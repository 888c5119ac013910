import { startEvent } from '#compute/instance-actions/event-store.ts';
import { finishInstanceAction } from '#compute/instance-actions/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { BoundKind, BoundStep, StepContext } from '#operations/operation.ts';

/** Where Nova's name does not follow from the kind's. */
const eventNames: Readonly<Record<string, string>> = {
  'create-server': 'compute__do_build_and_run_instance',
  'delete-server': 'compute_terminate_instance',
  'change-password': 'compute_set_admin_password',
  'evacuate-server': 'compute_rebuild_instance',
  'abort-live-migration': 'compute_live_migration_abort',
  'live-migrate-server': 'compute_live_migration',
};

/** `stop-server` → `compute_stop_instance`, as the function in Nova's compute service is called. */
export function eventNameOf(kind: string): string {
  const name = kind.replace(/-server$/, '-instance').replaceAll('-', '_');
  return eventNames[kind] ?? `compute_${name}`;
}

/**
 * The kind with its work recorded as an event of the instance action: begun before the first step
 * and ended with the action. Verbs end theirs together with the state they promised; what none of
 * them ended is ended here.
 */
export function withEvent(service: ComputeService, kind: BoundKind): BoundKind {
  const name = eventNameOf(kind.kind);
  const begin = async ({ subject, requestId }: StepContext<unknown>) => {
    const event = { id: service.ids.uuid(), name, nowMs: service.clock.nowMs() };
    await service.database.note((tx) => startEvent(tx, subject, requestId, event));
  };
  const end = async ({ subject, requestId }: StepContext<unknown>, failure: string | null) => {
    const nowMs = service.clock.nowMs();
    await service.database.note((tx) =>
      finishInstanceAction(tx, subject, requestId, failure, nowMs),
    );
  };
  const steps = kind.steps.map((step, index): BoundStep => {
    const isFirst = index === 0;
    const isLast = index === kind.steps.length - 1;
    if (!isFirst && !isLast) return step;
    const run = async (context: StepContext<unknown>) => {
      if (isFirst) await begin(context);
      await step.run(context);
      if (isLast) await end(context, null);
    };
    return { ...step, run };
  });
  const failed = async (context: StepContext<unknown>, error: Error) => {
    await kind.failed(context, error);
    await end(context, error.message);
  };
  return { ...kind, steps, failed };
}
