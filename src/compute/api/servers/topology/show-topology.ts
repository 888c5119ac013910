import { Type } from 'typebox';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { serverTarget } from '../target.ts';

const closed = { additionalProperties: false };
const integers = Type.Array(Type.Integer());

const node = Type.Object(
  {
    memory_mb: Type.Integer(),
    vcpu_set: integers,
    siblings: Type.Array(integers),
    // Told to administrators.
    host_node: Type.Optional(Type.Integer()),
    cpu_pinning: Type.Optional(Type.Record(Type.String(), Type.Integer())),
  },
  closed,
);

/** Guests are given no NUMA nodes, which Nova tells by an empty list. */
export const showTopology = endpoint({
  since: '2.78',
  method: 'GET',
  path: '/servers/{server_id}/topology',
  summary: 'Shows the NUMA topology of a server.',
  requires: ['ecs:servers:get'],
  query: noQuery,
  target: serverTarget,
  status: 200,
  isKept: true,
  response: Type.Object(
    { nodes: Type.Array(node), pagesize_kb: Type.Union([Type.Integer(), Type.Null()]) },
    closed,
  ),
  handle: async () => ({ nodes: [], pagesize_kb: null }),
});
