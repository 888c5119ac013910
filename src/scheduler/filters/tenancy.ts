import { type Candidate, factsNamed, listed } from '../candidate.ts';
import type { Filter } from './filter.ts';

const dedicated = 'dedicated';
const tenantKey = 'filter_tenant_id';

/** An aggregate whose metadata says `tenancy=dedicated` takes its hosts out of the shared pool. */
function isDedicated(host: Candidate): boolean {
  return factsNamed(host, 'tenancy').includes(dedicated);
}

/** Whose servers a host takes. */
export const tenancyFilters: readonly Filter[] = [
  {
    name: 'AggregateMultiTenancyIsolation',
    reason: 'tenancy',
    // Nova also reads `filter_tenant_id2` and so on, as one value has little room.
    passes: (host, { projectId }) =>
      host.aggregates.every((facts) => {
        const keys = Object.keys(facts).filter((key) => key.startsWith(tenantKey));
        if (keys.length === 0) return true;
        return keys.some((key) => listed(facts[key] ?? '').includes(projectId));
      }),
  },
  {
    name: 'TenancyFilter',
    reason: 'tenancy',
    passes: (host, { tenancy }) => isDedicated(host) === (tenancy === dedicated),
  },
  {
    // The id that the aggregate gives its host, or the host's name.
    name: 'DedicatedHostFilter',
    reason: 'tenancy',
    concerns: (request) => request.tenancy === dedicated && request.dedicatedHostId !== null,
    passes: (host, { dedicatedHostId }) =>
      host.name === dedicatedHostId ||
      factsNamed(host, 'dedicated_host_id').includes(dedicatedHostId ?? ''),
  },
];
