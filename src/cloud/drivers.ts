import { createHash } from 'node:crypto';
import type { HypervisorDriver } from '#drivers/hypervisor/hypervisor.ts';
import type { NetworkDriver } from '#drivers/network/network.ts';
import type { StorageDriver } from '#drivers/storage/storage.ts';
import type { CloudOptions } from '../cloud.ts';

export interface Drivers {
  hypervisor: HypervisorDriver;
  network: NetworkDriver;
  storage: StorageDriver;
}

/** Opens what the configuration asks for, or what this host turns out to be able to do. */
export async function openDrivers(options: CloudOptions): Promise<Drivers> {
  const storage = await openStorage(options);
  const [hypervisor, network] = await Promise.all([openHypervisor(options), openNetwork(options)]);
  for (const facts of [hypervisor.facts, network.facts]) {
    options.say(`${facts.kind}: ${facts.reason}`);
    for (const loss of facts.losses) options.say(`${facts.kind}: lost here: ${loss}`);
  }
  return { hypervisor, network, storage };
}
