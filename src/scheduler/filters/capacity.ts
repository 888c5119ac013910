import type { Filter } from './filter.ts';

/** Room for the server, promises beyond what is there included. */
export const capacityFilters: readonly Filter[] = [
  {
    name: 'VcpuFilter',
    reason: 'capacity',
    evenIfForced: true,
    // No ratio lets one server have more processors than the host has.
    passes: (host, { vcpus }) =>
      vcpus <= host.vcpus && host.vcpusUsed + vcpus <= host.vcpus * host.ratios.vcpus,
  },
  {
    name: 'RamFilter',
    reason: 'capacity',
    evenIfForced: true,
    passes: (host, { memoryMib }) =>
      host.memoryMibUsed + memoryMib <= host.memoryMib * host.ratios.memory,
  },
  {
    name: 'DiskFilter',
    reason: 'capacity',
    evenIfForced: true,
    passes: (host, { diskGib }) => host.diskGibUsed + diskGib <= host.diskGib * host.ratios.disk,
  },
];
