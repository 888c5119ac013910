import { Type } from 'typebox';
import { aggregateErrors } from '#compute/aggregates/errors.ts';
import { setAggregateMetadata } from '#compute/aggregates/update.ts';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { aggregateTarget } from '../target.ts';
import { aggregateAnswer, aggregateWire } from '../wire.ts';

const closed = { additionalProperties: false };

/** Null takes a key away. */
const metadata = Type.Record(
  Type.String({ pattern: '^[a-zA-Z0-9-_:. ]{1,255}$' }),
  Type.Union([Type.String({ maxLength: 255, pattern: '^[^\\u0000]*$' }), Type.Null()]),
  { ...closed, maxProperties: 128 },
);

export const setMetadata = endpoint({
  method: 'POST',
  path: '/os-aggregates/{aggregate_id}/action',
  action: 'set_metadata',
  summary: 'Sets or takes away metadata of a host aggregate.',
  requires: ['ecs:aggregates:setMetadata'],
  query: noQuery,
  target: aggregateTarget,
  body: Type.Object({ set_metadata: Type.Object({ metadata }, closed) }, closed),
  status: 200,
  response: aggregateAnswer,
  errors: [aggregateErrors.notFound, aggregateErrors.idMalformed, aggregateErrors.metadataRefused],
  handle: async (service, call, target) => {
    const change = call.body.set_metadata.metadata;
    const aggregate = await setAggregateMetadata(service, target, change);
    return { aggregate: aggregateWire.render(aggregate, call.version) };
  },
});
