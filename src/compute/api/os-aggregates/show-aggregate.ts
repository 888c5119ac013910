import { aggregateErrors } from '#compute/aggregates/errors.ts';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { aggregateTarget } from './target.ts';
import { aggregateAnswer, aggregateWire } from './wire.ts';

export const showAggregate = endpoint({
  method: 'GET',
  path: '/os-aggregates/{aggregate_id}',
  summary: 'Shows a host aggregate.',
  requires: ['ecs:aggregates:get'],
  query: noQuery,
  target: aggregateTarget,
  status: 200,
  isKept: true,
  response: aggregateAnswer,
  errors: [aggregateErrors.notFound, aggregateErrors.idMalformed],
  handle: async (_service, call, aggregate) => ({
    aggregate: aggregateWire.render(aggregate, call.version),
  }),
});
