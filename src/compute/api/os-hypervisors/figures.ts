import type { HypervisorFigures } from '#compute/hypervisors/hypervisor.ts';

/** Figures that Nova leaves to its placement service since 2.88: of one host, or of all. */
export const figureRows: readonly [name: string, of: (figures: HypervisorFigures) => number][] = [
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
