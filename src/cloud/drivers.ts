import { ConfigError } from '#base/config.ts';
import { hostFolder } from '#base/served-host.ts';
import type { CloudOptions } from '#cloud';
import type { HypervisorDriver } from '#drivers/hypervisor/hypervisor.ts';
import { openQemuDriver } from '#drivers/hypervisor/qemu/driver.ts';
import { FolderClaimed } from '#drivers/hypervisor/qemu/ownership.ts';
import { createSimulatedHost } from '#drivers/hypervisor/simulated/simulated-host.ts';
import {
  type LinuxNetworkOptions,
  openLinuxNetwork,
  probeLinuxNetwork,
} from '#drivers/network/linux/linux-network.ts';
import type { NetworkDriver } from '#drivers/network/network.ts';
import { openSimulatedNetwork } from '#drivers/network/simulated/simulated-network.ts';
import { openUserNetwork } from '#drivers/network/user/user-network.ts';
import { openFileStorage } from '#drivers/storage/file/file-storage.ts';
import { withSimulatedDisks } from '#drivers/storage/simulated/simulated-disks.ts';
import type { StorageDriver } from '#drivers/storage/storage.ts';
import { furtherLinuxOptions, linuxOptions } from './linux-options.ts';
import { openRealHosts } from './real-hosts.ts';

/** What one host works with. */
export interface HostDrivers {
  hypervisor: HypervisorDriver;
  network: NetworkDriver;
  storage: StorageDriver;
}

/** What the control plane works with; its storage holds the images. */
export interface Drivers extends HostDrivers {
  /** By the host's name, where several are real; otherwise all are one machine. */
  hosts?: ReadonlyMap<string, HostDrivers>;
}

/** Each host's hypervisor once. */
export function hypervisorsOf({ hypervisor, hosts }: Drivers): HypervisorDriver[] {
  return [...new Set([hypervisor, ...[...(hosts?.values() ?? [])].map((host) => host.hypervisor)])];
}

type ToldFacts = { kind: string; reason: string; losses: readonly string[] };
type DriverOptions = Pick<CloudOptions, 'config' | 'clock' | 'log' | 'say'>;

/** Opens what the configuration asks for, or what this host turns out to be able to do. */
export async function openDrivers(options: DriverOptions): Promise<Drivers> {
  const { log, config } = options;
  const isOnlyHost = config.hosts.length <= 1;
  const firstFolder = isOnlyHost
    ? config.stateDirectory
    : hostFolder(config.stateDirectory, config.hosts[0]?.name ?? '');
  const [files, hypervisor] = await Promise.all([
    openFileStorage({ stateFolder: config.stateDirectory, log }),
    openHypervisor(options, firstFolder),
  ]);
  const isSimulated = hypervisor.facts.kind === 'simulated';
  const storage = isSimulated ? withSimulatedDisks(files) : files;
  const wires = linuxOptions(options, config.stateDirectory);
  const network = await openNetwork(options, wires, isSimulated);
  tellFacts(options, hypervisor, network);
  if (isOnlyHost || isSimulated) return { hypervisor, network, storage };
  return openRealHosts(options, { hypervisor, network, images: files });
}

/** The same for one host of those, in a process of its own; images are not at hand there. */
export async function openHostDrivers(
  options: DriverOptions,
  { name, folder }: { name: string; folder: string },
): Promise<HostDrivers> {
  const { log, config } = options;
  // First, as it sees whether another process has the host.
  const hypervisor = await openHypervisor(options, folder);
  const isSimulated = hypervisor.facts.kind === 'simulated';
  const isFurther = config.hosts.findIndex((host) => host.name === name) > 0;
  const wires = isFurther
    ? furtherLinuxOptions(options, folder)
    : linuxOptions(options, config.stateDirectory);
  const network = await openNetwork(options, wires, isSimulated);
  tellFacts(options, hypervisor, network);
  const files = await openFileStorage({ stateFolder: folder, log });
  return { hypervisor, network, storage: isSimulated ? withSimulatedDisks(files) : files };
}

function tellFacts({ say }: DriverOptions, ...drivers: { facts: ToldFacts }[]): void {
  for (const { kind, reason, losses } of drivers.map(({ facts }) => facts)) {
    say(`${kind}: ${reason}`);
    for (const loss of losses) say(`${kind}: lost on this host: ${loss}`);
  }
}

async function openHypervisor(
  options: DriverOptions,
  stateFolder: string,
): Promise<HypervisorDriver> {
  const { config, clock, log, say } = options;
  const { migrationBytesPerSecond } = config;
  const simulated = () => createSimulatedHost({ clock }).openHypervisor();
  if (config.hypervisor === 'simulated') return simulated();
  try {
    return await openQemuDriver({ stateFolder, clock, log, migrationBytesPerSecond });
  } catch (error) {
    if (config.hypervisor === 'qemu' || error instanceof FolderClaimed) throw error;
    say(`qemu: does not work here, so servers are simulated: ${(error as Error).message}`);
    return simulated();
  }
}

async function openNetwork(
  options: DriverOptions,
  asked: LinuxNetworkOptions,
  isSimulated: boolean,
): Promise<NetworkDriver> {
  const { config } = options;
  if (config.network === 'simulated' || (config.network === 'auto' && isSimulated)) {
    if (!isSimulated) {
      throw new ConfigError('Real servers cannot be wired to a simulated network.');
    }
    return openSimulatedNetwork();
  }
  if (config.network === 'user') return openUserNetwork({ reason: 'user mode was asked for' });
  if (config.network === 'linux') return openLinuxNetwork(asked);
  const probe = await probeLinuxNetwork();
  if (probe.works) return openLinuxNetwork(asked);
  return openUserNetwork({ reason: probe.reason });
}
