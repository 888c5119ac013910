import { findHost } from '#compute/hosts/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import type { Aggregate } from './aggregate.ts';
import { aggregateErrors } from './errors.ts';
import { requireAggregate } from './require.ts';
import { deleteAggregateHost, insertAggregateHost } from './store.ts';
import { zoneObstacle } from './zone-change.ts';

/**
 * @throws ComputeHostNotFound, AggregateNotFound (404), AggregateHostExists,
 * InvalidAggregateActionAdd (409)
 */
export function addHost(
  service: ComputeService,
  { id }: Allowed<Aggregate>,
  host: string,
): Promise<Aggregate> {
  return service.placing(async (tx) => {
    const before = await requireAggregate(tx, id);
    if (!(await findHost(tx, host))) throw aggregateErrors.hostUnknown({ host });
    if (before.hosts.includes(host)) throw aggregateErrors.hostExists({ id, host });
    const after = { ...before, hosts: [...before.hosts, host] };
    const reason = await zoneObstacle(tx, before, after);
    if (reason !== undefined) throw aggregateErrors.addRefused({ id, reason });
    await insertAggregateHost(tx, id, host);
    return requireAggregate(tx, id);
  });
}

/** @throws AggregateNotFound, AggregateHostNotFound (404), InvalidAggregateActionRemove (409) */
export function removeHost(
  service: ComputeService,
  { id }: Allowed<Aggregate>,
  host: string,
): Promise<Aggregate> {
  return service.placing(async (tx) => {
    const before = await requireAggregate(tx, id);
    if (!before.hosts.includes(host)) throw aggregateErrors.hostAbsent({ id, host });
    const after = { ...before, hosts: before.hosts.filter((name) => name !== host) };
    const reason = await zoneObstacle(tx, before, after);
    if (reason !== undefined) throw aggregateErrors.removeRefused({ id, reason });
    await deleteAggregateHost(tx, id, host);
    return requireAggregate(tx, id);
  });
}
