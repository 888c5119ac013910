import { statfsSync } from 'node:fs';
import { availableParallelism, hostname, networkInterfaces, totalmem } from 'node:os';
import type { Config } from '#base/config.ts';
import { defaultZone, type HostSetting } from '#base/config-hosts.ts';
import type { CpuFacts, HostFacts } from '#compute/service.ts';
import type { HypervisorFacts } from '#drivers/hypervisor/hypervisor.ts';
import { defaultRatios } from '#scheduler/candidate.ts';
import { readCpuFacts } from './cpu-facts.ts';

const bytesPerMib = 1024 ** 2;
const bytesPerGib = 1024 ** 3;

/** What Node calls the machine, in the words of images. */
const architectures: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64' };

/**
 * The hosts that this process serves: those that were configured, or the machine itself.
 * @param isOneMachine they share all that they have, their disks too
 */
export function describeHosts(
  stateDirectory: string,
  facts: HypervisorFacts,
  settings: readonly HostSetting[],
  isOneMachine: boolean,
): HostFacts[] {
  const sizes = sizesOf(stateDirectory, facts);
  const isSimulated = facts.kind === 'simulated';
  const machine = {
    hypervisorVersion: versionNumberOf(facts.version),
    address: isSimulated ? loopback : ownAddress(),
    cpu: isSimulated ? simulatedCpu : readCpuFacts(),
  };
  const asked = settings.length > 0 ? settings : [{ name: hostname(), zone: defaultZone }];
  return asked.map((setting: HostSetting) => ({
    name: setting.name,
    availabilityZone: setting.zone,
    hypervisor: facts.kind,
    disks: isOneMachine ? 'shared' : setting.name,
    wires: isOneMachine ? 'shared' : setting.name,
    architecture: isSimulated ? 'x86_64' : (architectures[process.arch] ?? process.arch),
    ...machine,
    vcpus: setting.vcpus ?? sizes.vcpus,
    memoryMib: setting.memoryMib ?? sizes.memoryMib,
    diskGib: setting.diskGib ?? sizes.diskGib,
    ratios: ratiosOf(setting),
  }));
}

/**
 * Hosts that are only known by the configuration: their agents have not told what they have, and
 * what was not set is not guessed.
 */
export function describeUnheard({ hosts, hypervisor }: Config): HostFacts[] {
  return hosts.map((setting) => ({
    name: setting.name,
    availabilityZone: setting.zone,
    hypervisor: hypervisor === 'simulated' ? 'simulated' : 'qemu',
    disks: setting.name,
    wires: setting.name,
    architecture: architectures[process.arch] ?? process.arch,
    hypervisorVersion: 0,
    address: loopback,
    cpu: unheardCpu,
    vcpus: setting.vcpus ?? 0,
    memoryMib: setting.memoryMib ?? 0,
    diskGib: setting.diskGib ?? 0,
    ratios: ratiosOf(setting),
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

const ratiosOf = (setting: HostSetting) => ({
  vcpus: setting.vcpusRatio ?? defaultRatios.vcpus,
  memory: setting.memoryRatio ?? defaultRatios.memory,
  disk: setting.diskRatio ?? defaultRatios.disk,
});

const loopback = '127.0.0.1';

const unheardCpu: CpuFacts = {
  model: 'unknown',
  vendor: 'unknown',
  features: [],
  topology: { sockets: 1, cores: 1, threads: 1 },
};

const simulatedCpu: CpuFacts = {
  model: 'simulated',
  vendor: 'simulated',
  features: ['simulated'],
  topology: { sockets: 1, cores: 1, threads: 1 },
};

/** `QEMU 7.2.22` → 7002022, as Nova writes versions; 0 where none is told. */
function versionNumberOf(text: string): number {
  const [, major = 0, minor = 0, micro = 0] = /(\d+)\.(\d+)\.(\d+)/.exec(text) ?? [];
  return Number(major) * 1_000_000 + Number(minor) * 1000 + Number(micro);
}

/** The first address that others may reach this machine by. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? loopback;
}
