import { Type } from 'typebox';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { type HypervisorStatistics, statisticsOf } from '#compute/hypervisors/hypervisor.ts';
import { listHypervisors } from '#compute/hypervisors/read.ts';
import { Wire } from '#endpoints/wire.ts';
import { figureRows } from './figures.ts';

const statisticsWire = new Wire<HypervisorStatistics, void>([
  { name: 'count', schema: Type.Integer(), value: ({ count }) => count },
  ...figureRows.map(([name, value]) => ({ name, schema: Type.Integer(), value })),
]);

export const showStatistics = endpoint({
  until: '2.87',
  method: 'GET',
  path: '/os-hypervisors/statistics',
  summary: 'Sums up what all hypervisors in use have and give.',
  requires: ['ecs:hypervisors:list'],
  query: noQuery,
  status: 200,
  response: Type.Object(
    { hypervisor_statistics: statisticsWire.schema },
    { additionalProperties: false },
  ),
  handle: async (service, call) => {
    const sums = statisticsOf(await listHypervisors(service));
    return { hypervisor_statistics: statisticsWire.render(sums, call.version) };
  },
});
