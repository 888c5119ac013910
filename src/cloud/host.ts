import { statfsSync } from 'node:fs';
import { availableParallelism, hostname, totalmem } from 'node:os';
import { ConfigError } from '#base/config.ts';
import { defaultZone, type HostSetting } from '#base/config-hosts.ts';
import type { HostFacts } from '#compute/service.ts';
import type { HypervisorFacts } from '#drivers/hypervisor/hypervisor.ts';
import { defaultRatios } from '#scheduler/candidate.ts';

const bytesPerMib = 1024 ** 2;
const bytesPerGib = 1024 ** 3;

/** What Node calls the machine, in the words of images. */
const architectures: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64' };

/**
 * The hosts that this process serves: those that were configured, or the machine itself. Throws
 * ConfigError where several are asked of a driver that runs guests on this one machine.
 */
export function describeHosts(
  stateDirectory: string,
  facts: HypervisorFacts,
  settings: readonly HostSetting[],
): HostFacts[] {
  if (settings.length > 1 && facts.kind !== 'simulated') {
    throw new ConfigError('Several hosts can only be simulated: add --hypervisor simulated.');
  }
  const sizes = sizesOf(stateDirectory, facts);
  const asked = settings.length > 0 ? settings : [{ name: hostname(), zone: defaultZone }];
  return asked.map((setting: HostSetting) => ({
    name: setting.name,
    availabilityZone: setting.zone,
    hypervisor: facts.kind,
    architecture:
      facts.kind === 'simulated' ? 'x86_64' : (architectures[process.arch] ?? process.arch),
    vcpus: setting.vcpus ?? sizes.vcpus,
    memoryMib: setting.memoryMib ?? sizes.memoryMib,
    diskGib: setting.diskGib ?? sizes.diskGib,
    ratios: {
      vcpus: setting.vcpusRatio ?? defaultRatios.vcpus,
      memory: setting.memoryRatio ?? defaultRatios.memory,
      disk: setting.diskRatio ?? defaultRatios.disk,
    },
  }));
}

/** A simulated host is as large as anyone likes; a real one is what the machine has. */
function sizesOf(stateDirectory: string, facts: HypervisorFacts) {
  if (facts.kind === 'simulated') {
    return { vcpus: 1_000_000, memoryMib: 4_000_000_000, diskGib: 1_000_000_000 };
  }
  const disk = statfsSync(stateDirectory);
  return {
    vcpus: availableParallelism(),
    memoryMib: Math.floor(totalmem() / bytesPerMib),
    diskGib: Math.floor((disk.blocks * disk.bsize) / bytesPerGib),
  };
}
