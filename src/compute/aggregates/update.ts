import type { ErrorDefinition } from '#base/errors.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Aggregate, zoneOfAggregate } from './aggregate.ts';
import { aggregateErrors } from './errors.ts';
import { requireAggregate, requireFreeName } from './require.ts';
import { updateAggregateRow, writeMetadata } from './store.ts';
import { mergedMetadata, zoneMetadata, zoneObstacle } from './zone-change.ts';

/**
 * @param change null as zone takes the aggregate's hosts back to their own
 * @throws AggregateNotFound (404), AggregateNameExists (409), InvalidAggregateActionUpdate (400)
 */
export function updateAggregate(
  service: ComputeService,
  { id }: Allowed<Aggregate>,
  change: { name: string | undefined; zone: string | null | undefined },
): Promise<Aggregate> {
  const updatedMs = service.clock.nowMs();
  return service.placing(async (tx) => {
    const before = await requireAggregate(tx, id);
    const { name } = change;
    if (name !== undefined && name !== before.name) {
      await requireFreeName(tx, name);
      await updateAggregateRow(tx, id, { name });
    }
    const metadata = zoneMetadata(change.zone);
    await changeMetadata(tx, before, metadata, aggregateErrors.updateRefused);
    await updateAggregateRow(tx, id, { updated_ms: updatedMs });
    return requireAggregate(tx, id);
  });
}

/**
 * @param change null takes a key away; what is not named stays
 * @throws AggregateNotFound (404), InvalidAggregateActionUpdateMeta (400)
 */
export function setAggregateMetadata(
  service: ComputeService,
  { id }: Allowed<Aggregate>,
  change: Readonly<Record<string, string | null>>,
): Promise<Aggregate> {
  const updatedMs = service.clock.nowMs();
  return service.placing(async (tx) => {
    const before = await requireAggregate(tx, id);
    await changeMetadata(tx, before, change, aggregateErrors.metadataRefused);
    await updateAggregateRow(tx, id, { updated_ms: updatedMs });
    return requireAggregate(tx, id);
  });
}

async function changeMetadata(
  tx: Queries,
  before: Aggregate,
  change: Readonly<Record<string, string | null>>,
  refused: ErrorDefinition<{ id: number; reason: string }>,
): Promise<void> {
  const { id } = before;
  if (change.availability_zone === '') {
    throw refused({ id, reason: 'Aggregates do not support an availability zone without a name' });
  }
  const metadata = mergedMetadata(before.metadata, change);
  const after = { hosts: before.hosts, metadata };
  if (zoneOfAggregate(before) !== zoneOfAggregate(after)) {
    const reason = await zoneObstacle(tx, before, after);
    if (reason !== undefined) throw refused({ id, reason });
  }
  await writeMetadata(tx, id, change);
}
