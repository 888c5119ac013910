import { Type } from 'typebox';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { type HypervisorStatistics, statisticsOf } from '#compute/hypervisors/hypervisor.ts';
import { listHypervisors } from '#compute/hypervisors/read.ts';
import { Wire } from '#endpoints/wire.ts';

const rows: [string, (sums: HypervisorStatistics) => number][] = [
  ['count', ({ count }) => count],
  ['vcpus', ({ vcpus }) => vcpus],
  ['memory_mb', ({ memoryMib }) => memoryMib],
  ['local_gb', ({ diskGib }) => diskGib],
  ['vcpus_used', ({ vcpusUsed }) => vcpusUsed],
  ['memory_mb_used', ({ memoryMibUsed }) => memoryMibUsed],
  ['local_gb_used', ({ diskGibUsed }) => diskGibUsed],
  ['free_ram_mb', ({ memoryMib, memoryMibUsed }) => memoryMib - memoryMibUsed],
  ['free_disk_gb', ({ diskGib, diskGibUsed }) => diskGib - diskGibUsed],
  ['disk_available_least', ({ diskGib, diskGibUsed }) => diskGib - diskGibUsed],
  ['current_workload', ({ busyServers }) => busyServers],
  ['running_vms', ({ servers }) => servers],
];

const statisticsWire = new Wire<HypervisorStatistics, void>(
  rows.map(([name, value]) => ({ name, schema: Type.Integer(), value })),
);

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
