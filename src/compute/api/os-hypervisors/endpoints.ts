import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { listHypervisors } from './list-hypervisors.ts';
import { listHypervisorServers, searchHypervisors } from './search-hypervisors.ts';
import { showHypervisor } from './show-hypervisor.ts';
import { showStatistics } from './show-statistics.ts';
import { showUptime } from './show-uptime.ts';

export const hypervisorEndpoints: readonly Endpoint<ComputeService>[] = [
  ...listHypervisors,
  showStatistics,
  ...showHypervisor,
  ...showUptime,
  searchHypervisors,
  listHypervisorServers,
];
