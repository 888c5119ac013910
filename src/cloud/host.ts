import { statfsSync } from 'node:fs';
import { availableParallelism, hostname, totalmem } from 'node:os';
import type { HostFacts } from '#compute/service.ts';
import type { HypervisorFacts } from '#drivers/hypervisor/hypervisor.ts';

const bytesPerMib = 1024 ** 2;
const bytesPerGib = 1024 ** 3;

/** A simulated host is as large as anyone likes; a real one is what the machine has. */
export function describeHost(stateDirectory: string, facts: HypervisorFacts): HostFacts {
  const shared = { name: hostname(), availabilityZone: 'nova', hypervisor: facts.kind };
  if (facts.kind === 'simulated') {
    return { ...shared, vcpus: 1_000_000, memoryMib: 4_000_000_000, diskGib: 1_000_000_000 };
  }
  const disk = statfsSync(stateDirectory);
  return {
    ...shared,
    vcpus: availableParallelism(),
    memoryMib: Math.floor(totalmem() / bytesPerMib),
    diskGib: Math.floor((disk.blocks * disk.bsize) / bytesPerGib),
  };
}
