import { systemClock } from '#base/clock.ts';
import {
  createSimulatedHost,
  type SimulatedHypervisorHost,
} from '#drivers/hypervisor/simulated/simulated-host.ts';
import {
  openSimulatedNetwork,
  SimulatedNetworkHost,
} from '#drivers/network/simulated/simulated-network.ts';
import { withSimulatedDisks } from '#drivers/storage/simulated/simulated-disks.ts';
import { SimulatedStorageHost } from '#drivers/storage/simulated/simulated-host.ts';
import type { Drivers, HostDrivers } from '../../src/cloud/drivers.ts';

/** One simulated machine of several, with guests, wires and disks of its own. */
export interface SeparateHost {
  hypervisor: SimulatedHypervisorHost;
  network: SimulatedNetworkHost;
  storage: SimulatedStorageHost;
}

export interface SeparateHosts {
  of(name: string): SeparateHost;
  openDrivers(): Promise<Drivers>;
  /** Guests that were started while they ran on another machine: never any. */
  readonly doubled: readonly string[];
}

/** Machines that share nothing but the images. */
export function createSeparateHosts(names: readonly string[]): SeparateHosts {
  const doubled: string[] = [];
  const images = new SimulatedStorageHost();
  const hosts = new Map<string, SeparateHost>();
  for (const name of names) {
    const hypervisor = createSimulatedHost({ clock: systemClock });
    const start = hypervisor.startGuest.bind(hypervisor);
    hypervisor.startGuest = (spec) => {
      const others = [...hosts].filter(([other]) => other !== name);
      const runs = others.some(([, host]) => isOn(host.hypervisor, spec.id));
      if (runs) doubled.push(spec.id);
      start(spec);
    };
    const network = new SimulatedNetworkHost();
    hosts.set(name, { hypervisor, network, storage: new SimulatedStorageHost() });
  }
  const of = (name: string) => {
    const host = hosts.get(name);
    if (!host) throw new Error(`there is no host ${name}`);
    return host;
  };
  const openHost = async ({ hypervisor, network, storage }: SeparateHost) => ({
    hypervisor: hypervisor.openHypervisor(),
    network: await openSimulatedNetwork(network),
    storage: withSimulatedDisks(images.openStorage(), storage),
  });
  return {
    of,
    doubled,
    openDrivers: async () => {
      const opened = new Map<string, HostDrivers>();
      for (const [name, host] of hosts) opened.set(name, await openHost(host));
      const [first] = opened.values();
      if (!first) throw new Error('there is no host at all');
      return { ...first, storage: images.openStorage(), hosts: opened };
    },
  };
}

function isOn({ guests }: SimulatedHypervisorHost, id: string): boolean {
  const power = guests.get(id)?.power ?? 'off';
  return power === 'running' || power === 'paused';
}
