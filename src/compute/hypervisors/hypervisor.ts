import type { CpuFacts } from '#compute/service.ts';

/** What a host has, what live servers take of it, and how many they are. */
export interface HypervisorFigures {
  vcpus: number;
  memoryMib: number;
  diskGib: number;
  vcpusUsed: number;
  memoryMibUsed: number;
  diskGibUsed: number;
  servers: number;
  /** Servers there that something is being done to. */
  busyServers: number;
}

/** A host as what runs guests, with how it is. */
export interface Hypervisor extends HypervisorFigures {
  /** Its id until 2.52. */
  number: number;
  /** Its id since 2.53. */
  uuid: string;
  host: string;
  isEnabled: boolean;
  isUp: boolean;
  serviceUuid: string;
  disabledReason: string | null;
  type: string;
  /** `7002022` for 7.2.22. */
  version: number;
  address: string;
  architecture: string;
  cpu: CpuFacts;
}

/** A server as lists of hypervisors show it. */
export interface HostedServer {
  instanceName: string;
  id: string;
}

/** What all hypervisors that are in use have and give together. */
export interface HypervisorStatistics extends HypervisorFigures {
  count: number;
}

export function statisticsOf(hypervisors: readonly Hypervisor[]): HypervisorStatistics {
  const inUse = hypervisors.filter(({ isEnabled }) => isEnabled);
  const sum = (of: (one: Hypervisor) => number) => inUse.reduce((total, one) => total + of(one), 0);
  return {
    count: inUse.length,
    vcpus: sum((one) => one.vcpus),
    memoryMib: sum((one) => one.memoryMib),
    diskGib: sum((one) => one.diskGib),
    vcpusUsed: sum((one) => one.vcpusUsed),
    memoryMibUsed: sum((one) => one.memoryMibUsed),
    diskGibUsed: sum((one) => one.diskGibUsed),
    servers: sum((one) => one.servers),
    busyServers: sum((one) => one.busyServers),
  };
}
