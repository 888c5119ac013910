import { Type } from 'typebox';
import { createAggregate as recordAggregate } from '#compute/aggregates/create.ts';
import { aggregateErrors } from '#compute/aggregates/errors.ts';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { resourceName, zoneName } from '#compute/api/resource-name.ts';
import { createdAggregateWire } from './wire.ts';

const closed = { additionalProperties: false };

const body = Type.Object(
  {
    aggregate: Type.Object(
      {
        name: resourceName,
        availability_zone: Type.Optional(Type.Union([zoneName, Type.Null()])),
      },
      closed,
    ),
  },
  closed,
);

export const createAggregate = endpoint({
  method: 'POST',
  path: '/os-aggregates',
  summary: 'Creates a host aggregate.',
  requires: ['ecs:aggregates:create'],
  query: noQuery,
  body,
  status: 200,
  response: Type.Object({ aggregate: createdAggregateWire.schema }, closed),
  errors: [aggregateErrors.exists],
  handle: async (service, call) => {
    const { name, availability_zone: zone = null } = call.body.aggregate;
    const aggregate = await recordAggregate(service, { name, zone });
    return { aggregate: createdAggregateWire.render(aggregate, call.version) };
  },
});
