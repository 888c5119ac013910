import type { ComputeService } from '#compute/service.ts';
import type { Aggregate } from './aggregate.ts';
import { requireAggregate, requireFreeName } from './require.ts';
import { insertAggregate, writeMetadata } from './store.ts';
import { zoneMetadata } from './zone-change.ts';

/** @throws AggregateNameExists (409) */
export function createAggregate(
  service: ComputeService,
  wanted: { name: string; zone: string | null },
): Promise<Aggregate> {
  const uuid = service.ids.uuid();
  const createdMs = service.clock.nowMs();
  return service.placing(async (tx) => {
    await requireFreeName(tx, wanted.name);
    const id = await insertAggregate(tx, { uuid, name: wanted.name, createdMs });
    await writeMetadata(tx, id, zoneMetadata(wanted.zone ?? undefined));
    return requireAggregate(tx, id);
  });
}
