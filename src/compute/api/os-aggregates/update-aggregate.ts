import { Type } from 'typebox';
import { aggregateErrors } from '#compute/aggregates/errors.ts';
import { updateAggregate as changeAggregate } from '#compute/aggregates/update.ts';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { looseResourceName, zoneName } from '#compute/api/resource-name.ts';
import { aggregateTarget } from './target.ts';
import { aggregateAnswer, aggregateWire } from './wire.ts';

const closed = { additionalProperties: false };

const body = Type.Object(
  {
    aggregate: Type.Object(
      {
        name: Type.Optional(looseResourceName),
        availability_zone: Type.Optional(Type.Union([zoneName, Type.Null()])),
      },
      { ...closed, anyOf: [{ required: ['name'] }, { required: ['availability_zone'] }] },
    ),
  },
  closed,
);

export const updateAggregate = endpoint({
  method: 'PUT',
  path: '/os-aggregates/{aggregate_id}',
  summary: 'Changes the name or the availability zone of a host aggregate.',
  requires: ['ecs:aggregates:update'],
  query: noQuery,
  target: aggregateTarget,
  body,
  status: 200,
  response: aggregateAnswer,
  errors: [
    aggregateErrors.notFound,
    aggregateErrors.idMalformed,
    aggregateErrors.exists,
    aggregateErrors.updateRefused,
  ],
  handle: async (service, call, target) => {
    const { name, availability_zone: zone } = call.body.aggregate;
    const aggregate = await changeAggregate(service, target, { name: name?.trim(), zone });
    return { aggregate: aggregateWire.render(aggregate, call.version) };
  },
});
