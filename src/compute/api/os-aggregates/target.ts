import type { Aggregate } from '#compute/aggregates/aggregate.ts';
import { aggregateErrors } from '#compute/aggregates/errors.ts';
import { findAggregate } from '#compute/aggregates/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Call } from '#endpoints/endpoint.ts';

type AggregateCall = Call<{ aggregate_id: string }, unknown, unknown>;

const wholeNumber = /^[+-]?\d+$/;

/** The aggregate whose number the path gives; who may name it at all may see every one. */
export const aggregateTarget = {
  find: async (service: ComputeService, call: AggregateCall): Promise<Aggregate | undefined> => {
    const text = call.params.aggregate_id.trim();
    if (!wholeNumber.test(text)) return undefined;
    return findAggregate(service.database.queries, Number(text));
  },
  visible: () => true,
  absent: ({ params: { aggregate_id: id } }: AggregateCall) =>
    wholeNumber.test(id.trim()) ? aggregateErrors.notFound({ id }) : aggregateErrors.idMalformed(),
};
