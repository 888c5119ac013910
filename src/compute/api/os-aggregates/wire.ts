import { Type } from 'typebox';
import { isoMicros } from '#base/clock.ts';
import { type Aggregate, zoneOfAggregate } from '#compute/aggregates/aggregate.ts';
import { Wire, type WireField } from '#endpoints/wire.ts';

const textOrNull = Type.Union([Type.String(), Type.Null()]);

const shared: readonly WireField<Aggregate, void>[] = [
  { name: 'availability_zone', schema: textOrNull, value: zoneOfAggregate },
  { name: 'created_at', schema: Type.String(), value: ({ createdMs }) => isoMicros(createdMs) },
  { name: 'deleted', schema: Type.Boolean(), value: () => false },
  { name: 'deleted_at', schema: Type.Null(), value: () => null },
  { name: 'id', schema: Type.Integer(), value: ({ id }) => id },
  { name: 'name', schema: Type.String(), value: ({ name }) => name },
  {
    name: 'updated_at',
    schema: textOrNull,
    value: ({ updatedMs }) => (updatedMs === null ? null : isoMicros(updatedMs)),
  },
  { name: 'uuid', since: '2.41', schema: Type.String(), value: ({ uuid }) => uuid },
];

/** As the answer to a creation shows it, which Nova never brought up to date with the others. */
export const createdAggregateWire = new Wire<Aggregate, void>(shared);

export const aggregateWire = new Wire<Aggregate, void>([
  ...shared,
  { name: 'hosts', schema: Type.Array(Type.String()), value: ({ hosts }) => hosts },
  {
    name: 'metadata',
    schema: Type.Record(Type.String(), Type.String()),
    value: ({ metadata }) => metadata,
  },
]);

export const aggregateAnswer = Type.Object(
  { aggregate: aggregateWire.schema },
  { additionalProperties: false },
);
