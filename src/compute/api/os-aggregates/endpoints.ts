import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { addHostToAggregate } from './action/add-host.ts';
import { removeHostFromAggregate } from './action/remove-host.ts';
import { setMetadata } from './action/set-metadata.ts';
import { createAggregate } from './create-aggregate.ts';
import { deleteAggregate } from './delete-aggregate.ts';
import { cacheImages } from './images/cache-images.ts';
import { listAggregates } from './list-aggregates.ts';
import { showAggregate } from './show-aggregate.ts';
import { updateAggregate } from './update-aggregate.ts';

export const aggregateEndpoints: readonly Endpoint<ComputeService>[] = [
  listAggregates,
  createAggregate,
  showAggregate,
  updateAggregate,
  deleteAggregate,
  addHostToAggregate,
  removeHostFromAggregate,
  setMetadata,
  cacheImages,
];
