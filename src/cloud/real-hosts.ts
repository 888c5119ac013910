import { limits } from '#base/limits.ts';
import { hostFolder } from '#base/served-host.ts';
import type { CloudOptions } from '#cloud';
import type { HypervisorDriver } from '#drivers/hypervisor/hypervisor.ts';
import { openQemuDriver } from '#drivers/hypervisor/qemu/driver.ts';
import { furtherHost, joinNetworks } from '#drivers/network/linux/joined-networks.ts';
import { LinuxNetwork, openLinuxNetwork } from '#drivers/network/linux/linux-network.ts';
import type { NetworkDriver } from '#drivers/network/network.ts';
import { withFetchedImages } from '#drivers/storage/fetched-images.ts';
import { openFileStorage } from '#drivers/storage/file/file-storage.ts';
import type { StorageDriver } from '#drivers/storage/storage.ts';
import type { Drivers, HostDrivers } from './drivers.ts';
import { furtherLinuxOptions } from './linux-options.ts';

type Options = Pick<CloudOptions, 'config' | 'clock' | 'log'>;

/** What the hosts have in common: where images come from, and who serves the networks. */
export interface CommonParts {
  /** Of the first host. */
  hypervisor: HypervisorDriver;
  network: NetworkDriver;
  images: StorageDriver;
}

/**
 * Several real hosts on this machine: each has its folder, its guests, its disks and its switch.
 * The first one also serves the networks. Images reach a host as streams of bytes.
 */
export async function openRealHosts(options: Options, common: CommonParts): Promise<Drivers> {
  const { config } = options;
  const hosts = new Map<string, HostDrivers>();
  const switches: LinuxNetwork[] = [];
  for (const [index, { name }] of config.hosts.entries()) {
    const folder = hostFolder(config.stateDirectory, name);
    const hypervisor = index === 0 ? common.hypervisor : await openFurther(options, folder, common);
    const own = index === 0 ? undefined : await openSwitch(options, folder, common.network);
    if (own) switches.push(own);
    hosts.set(name, {
      hypervisor,
      network: own && isLinux(common.network) ? furtherHost(common.network, own) : common.network,
      storage: await openDisks(options, folder, common.images),
    });
  }
  const network = isLinux(common.network) ? joinNetworks(common.network, switches) : common.network;
  return { hypervisor: common.hypervisor, network, storage: common.images, hosts };
}

const isLinux = (network: NetworkDriver): network is LinuxNetwork =>
  network instanceof LinuxNetwork;

/** What the first host found out about the machine holds for all. */
function openFurther({ config, clock, log }: Options, folder: string, common: CommonParts) {
  const accelerator = common.hypervisor.facts.accelerator === 'kvm' ? 'kvm' : 'tcg';
  const { migrationBytesPerSecond } = config;
  const stateFolder = folder;
  return openQemuDriver({ stateFolder, clock, log, accelerator, migrationBytesPerSecond });
}

async function openSwitch(options: Options, folder: string, network: NetworkDriver) {
  if (!isLinux(network)) return undefined;
  return openLinuxNetwork(furtherLinuxOptions(options, folder));
}

async function openDisks({ log, clock }: Options, folder: string, images: StorageDriver) {
  const files = await openFileStorage({ stateFolder: folder, log });
  const fetch = (imageId: string) => images.readImage(imageId);
  return withFetchedImages(files, { fetch, maxBytes: limits.imageBytes, clock });
}
