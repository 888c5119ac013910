import { createHash } from 'node:crypto';
import { ConfigError } from '#base/config.ts';
import type { CloudOptions } from '#cloud';
import type { HypervisorDriver } from '#drivers/hypervisor/hypervisor.ts';
import { openQemuDriver } from '#drivers/hypervisor/qemu/driver.ts';
import { createSimulatedHost } from '#drivers/hypervisor/simulated/simulated-host.ts';
import { openLinuxNetwork, probeLinuxNetwork } from '#drivers/network/linux/linux-network.ts';
import type { NetworkDriver } from '#drivers/network/network.ts';
import { openSimulatedNetwork } from '#drivers/network/simulated/simulated-network.ts';
import { openUserNetwork } from '#drivers/network/user/user-network.ts';
import { openFileStorage } from '#drivers/storage/file/file-storage.ts';
import { withSimulatedDisks } from '#drivers/storage/simulated/simulated-disks.ts';
import type { StorageDriver } from '#drivers/storage/storage.ts';

export interface Drivers {
  hypervisor: HypervisorDriver;
  network: NetworkDriver;
  storage: StorageDriver;
}

/** Opens what the configuration asks for, or what this host turns out to be able to do. */
export async function openDrivers(options: CloudOptions): Promise<Drivers> {
  const { log, config, say } = options;
  const [files, hypervisor] = await Promise.all([
    openFileStorage({ stateFolder: config.stateDirectory, log }),
    openHypervisor(options),
  ]);
  const isSimulated = hypervisor.facts.kind === 'simulated';
  const storage = isSimulated ? withSimulatedDisks(files) : files;
  const network = await openNetwork(options, isSimulated);
  for (const { kind, reason, losses } of [hypervisor.facts, network.facts]) {
    say(`${kind}: ${reason}`);
    for (const loss of losses) say(`${kind}: lost on this host: ${loss}`);
  }
  return { hypervisor, network, storage };
}

async function openHypervisor(options: CloudOptions): Promise<HypervisorDriver> {
  const { config, clock, log, say } = options;
  const simulated = () => createSimulatedHost({ clock }).openHypervisor();
  if (config.hypervisor === 'simulated') return simulated();
  try {
    return await openQemuDriver({ stateFolder: config.stateDirectory, clock, log });
  } catch (error) {
    if (config.hypervisor === 'qemu') throw error;
    say(`qemu: does not work here, so servers are simulated: ${(error as Error).message}`);
    return simulated();
  }
}

async function openNetwork(options: CloudOptions, isSimulated: boolean): Promise<NetworkDriver> {
  const { config, clock, log } = options;
  if (config.network === 'simulated' || (config.network === 'auto' && isSimulated)) {
    if (!isSimulated) {
      throw new ConfigError('Real servers cannot be wired to a simulated network.');
    }
    return openSimulatedNetwork();
  }
  if (config.network === 'user') return openUserNetwork({ reason: 'user mode was asked for' });
  const linuxOptions = {
    instanceId: instanceOf(config.stateDirectory),
    clock,
    log,
    uplink:
      config.uplink === 'host'
        ? { kind: 'host' as const }
        : { kind: 'namespace' as const, name: config.uplink },
  };
  if (config.network === 'linux') return openLinuxNetwork(linuxOptions);
  const probe = await probeLinuxNetwork();
  if (probe.works) return openLinuxNetwork(linuxOptions);
  return openUserNetwork({ reason: probe.reason });
}

/** The same for every start on one state directory, and another for every other. */
function instanceOf(stateDirectory: string): string {
  const letters = 8;
  return createHash('sha256').update(stateDirectory).digest('hex').slice(0, letters);
}
