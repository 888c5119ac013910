import { systemClock } from '#base/clock.ts';
import {
  createSimulatedHost,
  type SimulatedHypervisorHost,
} from '#drivers/hypervisor/simulated/simulated-host.ts';
import type { SimulatedNetwork } from '#drivers/network/simulated/simulated-network.ts';
import {
  openSimulatedNetwork,
  SimulatedNetworkHost,
} from '#drivers/network/simulated/simulated-network.ts';
import { SimulatedStorageHost } from '#drivers/storage/simulated/simulated-host.ts';
import type { Drivers } from '../../src/cloud/drivers.ts';

/** One simulated machine: what runs, what is wired and what is stored on it. */
export interface SimulatedHosts {
  readonly hypervisor: SimulatedHypervisorHost;
  readonly network: SimulatedNetworkHost;
  readonly storage: SimulatedStorageHost;
  /** The driver opened last, for playing a guest that asks the metadata service. */
  readonly wires: SimulatedNetwork | undefined;
  openDrivers(): Promise<Drivers>;
  /** What belongs to servers and is still there; all empty once every server is deleted. */
  leftovers(): { guests: string[]; ports: string[]; disks: string[] };
}

export function createSimulatedHosts(): SimulatedHosts {
  const hypervisor = createSimulatedHost({ clock: systemClock });
  const network = new SimulatedNetworkHost();
  const storage = new SimulatedStorageHost();
  let wires: SimulatedNetwork | undefined;
  return {
    hypervisor,
    network,
    storage,
    get wires() {
      return wires;
    },
    openDrivers: async () => {
      wires = await openSimulatedNetwork(network);
      return {
        hypervisor: hypervisor.openHypervisor(),
        network: wires,
        storage: storage.openStorage(),
      };
    },
    leftovers: () => ({
      guests: [...hypervisor.guests.keys()],
      ports: [...network.ports.keys()],
      disks: [...storage.rootDisks.keys(), ...storage.configDrives.keys()],
    }),
  };
}
