import { serverOfDisk } from '#agent/rescue.ts';
import { systemClock } from '#base/clock.ts';
import { limits } from '#base/limits.ts';
import type { SimulatedMachines } from '#drivers/hypervisor/simulated/moves.ts';
import {
  createSimulatedHost,
  type SimulatedHypervisorHost,
} from '#drivers/hypervisor/simulated/simulated-host.ts';
import type { SimulatedNetwork } from '#drivers/network/simulated/simulated-network.ts';
import {
  openSimulatedNetwork,
  SimulatedNetworkHost,
} from '#drivers/network/simulated/simulated-network.ts';
import { withFetchedImages } from '#drivers/storage/fetched-images.ts';
import { SimulatedStorageHost } from '#drivers/storage/simulated/simulated-host.ts';
import type { Drivers } from '../../src/cloud/drivers.ts';

/** One simulated machine: what runs, what is wired and what is stored on it. */
export interface SimulatedMachine {
  readonly hypervisor: SimulatedHypervisorHost;
  readonly network: SimulatedNetworkHost;
  readonly storage: SimulatedStorageHost;
}

/** The machine that all hosts share, unless each is one of its own. */
export interface SimulatedHosts extends SimulatedMachine {
  /** The driver opened last, for playing a guest that asks the metadata service. */
  readonly wires: SimulatedNetwork | undefined;
  /** Those that are machines of their own, by their names. */
  readonly machines: ReadonlyMap<string, SimulatedMachine>;
  /** @param apart the names of hosts that are to be machines of their own */
  openDrivers(apart?: readonly string[]): Promise<Drivers>;
  /** What belongs to servers and is still there; all empty once every server is deleted. */
  leftovers(): { guests: string[]; ports: string[]; disks: string[] };
}

function makeMachine(machines?: SimulatedMachines): SimulatedMachine {
  return {
    hypervisor: createSimulatedHost({ clock: systemClock, ...(machines && { machines }) }),
    network: new SimulatedNetworkHost(),
    storage: new SimulatedStorageHost(),
  };
}

export function createSimulatedHosts(): SimulatedHosts {
  const common = makeMachine();
  const machines = new Map<string, SimulatedMachine>();
  const addresses: SimulatedMachines = new Map();
  let wires: SimulatedNetwork | undefined;
  const openApart = async (name: string) => {
    const machine = machines.get(name) ?? makeMachine(addresses);
    machines.set(name, machine);
    const images = common.storage.openStorage();
    const disks = machine.storage.openStorage();
    const fetch = (imageId: string) => images.readImage(imageId);
    const drivers = {
      hypervisor: machine.hypervisor.openHypervisor(),
      network: await openSimulatedNetwork(machine.network),
      storage: withFetchedImages(disks, {
        ...{ fetch, maxBytes: limits.imageBytes, clock: systemClock },
      }),
    };
    return [name, drivers] as const;
  };
  const all = () => [common, ...machines.values()];
  return {
    ...common,
    get wires() {
      return wires;
    },
    machines,
    openDrivers: async (apart = []) => {
      wires = await openSimulatedNetwork(common.network);
      const hosts = await Promise.all(apart.map(openApart));
      return {
        hypervisor: common.hypervisor.openHypervisor(),
        network: wires,
        storage: common.storage.openStorage(),
        ...(hosts.length > 0 && { hosts: new Map(hosts) }),
      };
    },
    leftovers: () => ({
      guests: all().flatMap(({ hypervisor }) => [
        ...hypervisor.guests.keys(),
        ...hypervisor.moves.arriving,
      ]),
      ports: all().flatMap(({ network }) => [...network.ports.keys()]),
      disks: all().flatMap(({ storage }) => disksIn(storage)),
    }),
  };
}

function disksIn(storage: SimulatedStorageHost): string[] {
  return [
    storage.rootDisks,
    storage.formerDisks,
    storage.configDrives,
    storage.blankDisks,
    storage.disksAside,
    storage.snapshots,
  ].flatMap((disks) => [...disks.keys()].map(serverOfDisk));
}
