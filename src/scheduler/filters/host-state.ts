import type { Filter } from './filter.ts';

/** Which hosts come into question at all. */
export const hostFilters: readonly Filter[] = [
  {
    name: 'ComputeFilter',
    reason: 'capacity',
    evenIfForced: true,
    passes: (host, request) => (host.isEnabled || request.mayBeDisabled) && host.isUp,
  },
  {
    name: 'ForcedHostFilter',
    reason: 'host',
    evenIfForced: true,
    concerns: (request) => request.forcedHost !== null,
    passes: (host, request) => host.name === request.forcedHost,
  },
  {
    name: 'AvailabilityZoneFilter',
    reason: 'zone',
    evenIfForced: true,
    concerns: (request) => request.zone !== null,
    passes: (host, request) => host.zone === request.zone,
  },
];
