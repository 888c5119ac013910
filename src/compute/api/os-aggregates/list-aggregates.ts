import { Type } from 'typebox';
import { listAggregates as readAggregates } from '#compute/aggregates/list.ts';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { aggregateWire } from './wire.ts';

export const listAggregates = endpoint({
  method: 'GET',
  path: '/os-aggregates',
  summary: 'Lists the host aggregates.',
  requires: ['ecs:aggregates:list'],
  query: noQuery,
  status: 200,
  isKept: true,
  response: Type.Object(
    { aggregates: Type.Array(aggregateWire.schema) },
    { additionalProperties: false },
  ),
  handle: async (service, call) => {
    const aggregates = await readAggregates(service);
    return { aggregates: aggregates.map((row) => aggregateWire.render(row, call.version)) };
  },
});
