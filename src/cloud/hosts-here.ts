import type { Transport } from '#agent/bus/transport.ts';
import type { CloudOptions, Services } from '#cloud';
import type { HostFacts } from '#compute/service.ts';
import type { NetworkDriver } from '#drivers/network/network.ts';
import { openFileStorage } from '#drivers/storage/file/file-storage.ts';
import type { StorageDriver } from '#drivers/storage/storage.ts';
import { serveAgents } from './agents.ts';
import { type Drivers, hypervisorsOf, openDrivers } from './drivers.ts';
import { fenceOf } from './fence.ts';
import { describeHosts, describeUnheard } from './host.ts';
import { noNetwork } from './no-network.ts';

/** What a process that decides has of hosts, and what it only knows of them. */
export interface HostsHere {
  /** Those whose agents are in this process. */
  hosts: readonly HostFacts[];
  /** Those that were configured, and whose agents are not here. */
  unheard: readonly HostFacts[];
  images: StorageDriver;
  network: NetworkDriver;
  /** Whether networks can be made through it; otherwise they wait for a process that can. */
  wiresNetworks: boolean;
  fence(host: string, serverId: string): Promise<boolean>;
  /** @returns the function that ends the agents. */
  serve(services: Services, transport: Transport): Promise<() => void>;
  /** Ends every guest and takes down every wire. */
  stopServers(services: Services): Promise<void>;
  /** Lets go of guests and wires without disturbing them. */
  close(): Promise<void>;
}

export function openHostsHere(options: CloudOptions): Promise<HostsHere> {
  return options.role === 'api' ? openNone(options) : openOwn(options);
}

async function openOwn(options: CloudOptions): Promise<HostsHere> {
  const { config } = options;
  const drivers = options.drivers ?? (await openDrivers(options));
  const { facts } = drivers.hypervisor;
  const isOneMachine = drivers.hosts === undefined;
  return {
    hosts: describeHosts(config.stateDirectory, facts, config.hosts, isOneMachine),
    unheard: [],
    images: drivers.storage,
    network: drivers.network,
    wiresNetworks: true,
    fence: fenceOf(options, drivers),
    serve: (services, transport) => serveAgents(options, drivers, services, transport),
    stopServers: (services) => stopServers(services, drivers),
    close: async () => {
      await Promise.all(hypervisorsOf(drivers).map((hypervisor) => hypervisor.close()));
      await drivers.network.close();
    },
  };
}

/** The images are the control plane's own; all else is of hosts, which are elsewhere. */
async function openNone({ config, log }: CloudOptions): Promise<HostsHere> {
  return {
    hosts: [],
    unheard: describeUnheard(config),
    images: await openFileStorage({ stateFolder: config.stateDirectory, log }),
    network: noNetwork,
    wiresNetworks: false,
    // Nothing can be proven of guests that are out of reach.
    fence: async () => false,
    serve: async () => () => undefined,
    stopServers: async () => undefined,
    close: async () => undefined,
  };
}

async function stopServers(services: Services, drivers: Drivers): Promise<void> {
  await services.operations.whenIdle();
  for (const hypervisor of hypervisorsOf(drivers)) {
    for (const guest of await hypervisor.guests()) {
      // It has ended already, and powering it off would forget its memory.
      if (guest.power === 'suspended') continue;
      await hypervisor.powerOff(guest.id);
      await services.compute.settlePower(guest.id);
    }
  }
  // Nobody may make again what is being taken down.
  await services.networks.close();
  await drivers.network.removeAll();
}
