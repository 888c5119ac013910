import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import type { Aggregate } from './aggregate.ts';
import { aggregateErrors } from './errors.ts';
import { requireAggregate } from './require.ts';
import { deleteMetadata, updateAggregateRow } from './store.ts';

/** @throws AggregateNotFound (404), InvalidAggregateActionDelete (400) while it has hosts */
export function deleteAggregate(
  service: ComputeService,
  { id }: Allowed<Aggregate>,
): Promise<void> {
  const deletedMs = service.clock.nowMs();
  return service.placing(async (tx) => {
    const { hosts } = await requireAggregate(tx, id);
    if (hosts.length > 0) throw aggregateErrors.notEmpty({ id });
    await deleteMetadata(tx, id);
    await updateAggregateRow(tx, id, { deleted_ms: deletedMs });
  });
}
