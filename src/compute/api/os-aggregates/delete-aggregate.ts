import { deleteAggregate as removeAggregate } from '#compute/aggregates/delete.ts';
import { aggregateErrors } from '#compute/aggregates/errors.ts';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { aggregateTarget } from './target.ts';

export const deleteAggregate = endpoint({
  method: 'DELETE',
  path: '/os-aggregates/{aggregate_id}',
  summary: 'Deletes a host aggregate that has no hosts.',
  requires: ['ecs:aggregates:delete'],
  query: noQuery,
  target: aggregateTarget,
  status: 200,
  errors: [aggregateErrors.notFound, aggregateErrors.idMalformed, aggregateErrors.notEmpty],
  handle: (service, _call, aggregate) => removeAggregate(service, aggregate),
});
