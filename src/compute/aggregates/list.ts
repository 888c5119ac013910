import type { ComputeService } from '#compute/service.ts';
import type { Aggregate } from './aggregate.ts';
import { listAggregates as selectAggregates } from './store.ts';

/** In the order of their numbers. */
export function listAggregates(service: ComputeService): Promise<Aggregate[]> {
  return selectAggregates(service.database.queries);
}
