import type { NetworkDriver, NetworkInventory, PortSpec, WantedWires } from '../network.ts';
import type { LinuxNetwork } from './linux-network.ts';

/**
 * The wires of a further host as its agent uses them: its own switch, taps and filters, while DHCP
 * answers come from the host that serves all networks.
 */
export function furtherHost(serving: LinuxNetwork, own: LinuxNetwork): NetworkDriver {
  return {
    facts: own.facts,
    ensureNetwork: async (network) => {
      // There is no trunk to a bridge that is not there.
      await serving.ensureNetwork(network);
      await own.ensureNetwork(network);
    },
    removeNetwork: (networkId) => own.removeNetwork(networkId),
    ensureRouter: (router) => serving.ensureRouter(router),
    removeRouter: (routerId) => serving.removeRouter(routerId),
    plugPort: async (port) => {
      await serving.answerDhcp(port);
      return own.plugPort(port);
    },
    updatePort: (port) => updateOn(serving, own, port),
    unplugPort: async (portId) => {
      await own.unplugPort(portId);
      // By now it may be plugged on the first host itself.
      if (!(await serving.isPlugged(portId))) await serving.unplugPort(portId);
    },
    inventory: () => own.inventory(),
    onGuestConnection: (listener) => serving.onGuestConnection(listener),
    removeAll: () => own.removeAll(),
    close: () => own.close(),
  };
}

/**
 * All hosts of this machine as the network service sees them: the first one serves DHCP, routers,
 * metadata and the way out; filters are wherever the port is.
 */
export function joinNetworks(
  serving: LinuxNetwork,
  further: readonly LinuxNetwork[],
): NetworkDriver {
  const onFurther = (act: (network: LinuxNetwork) => Promise<void>) =>
    Promise.all(further.map(act));
  return {
    facts: serving.facts,
    ensureNetwork: async (network) => {
      await serving.ensureNetwork(network);
      // Where it has no guests it is not made.
      await onFurther(async (own) => {
        if (await own.isBegun(network.id)) await own.ensureNetwork(network);
      });
    },
    removeNetwork: async (networkId) => {
      await onFurther((network) => network.removeNetwork(networkId));
      await serving.removeNetwork(networkId);
    },
    ensureRouter: (router) => serving.ensureRouter(router),
    removeRouter: (routerId) => serving.removeRouter(routerId),
    plugPort: (port) => serving.plugPort(port),
    updatePort: async (port) => {
      await serving.updatePort(port);
      await onFurther((network) => updateOn(serving, network, port));
    },
    unplugPort: async (portId) => {
      await onFurther((network) => network.unplugPort(portId));
      await serving.unplugPort(portId);
    },
    inventory: async () => {
      const all = await Promise.all([serving, ...further].map((network) => network.inventory()));
      const joined = (kind: keyof NetworkInventory) =>
        [...new Set(all.flatMap((one) => one[kind]))].sort();
      return {
        networkIds: joined('networkIds'),
        routerIds: joined('routerIds'),
        portIds: joined('portIds'),
      };
    },
    differing: async (wanted) => {
      const found = await serving.differing(wanted);
      for (const own of further) {
        const more = await differingOn(serving, own, wanted);
        found.networkIds.push(...more.networkIds);
        found.portIds.push(...more.portIds);
      }
      return found;
    },
    remains: async (known) => {
      const all = [serving, ...further].map((network) => network.remains(known));
      return (await Promise.all(all)).flat();
    },
    onGuestConnection: (listener) => serving.onGuestConnection(listener),
    removeAll: async () => {
      await onFurther((network) => network.removeAll());
      await serving.removeAll();
    },
    close: async () => {
      await onFurther((network) => network.close());
      await serving.close();
    },
  };
}

async function differingOn(
  serving: LinuxNetwork,
  own: LinuxNetwork,
  wanted: WantedWires,
): Promise<NetworkInventory> {
  const networks = await those(wanted.networks, ({ id }) => own.isBegun(id));
  const ports = await those(wanted.ports, ({ id }) => own.isPlugged(id));
  const found = await own.differing({ networks, ports, routers: [] });
  const unanswered = await those(ports, async (port) => !(await serving.isDhcpAnswered(port)));
  return { ...found, portIds: [...found.portIds, ...unanswered.map(({ id }) => id)] };
}

async function those<T>(all: readonly T[], are: (one: T) => Promise<boolean>): Promise<T[]> {
  const found: T[] = [];
  for (const one of all) if (await are(one)) found.push(one);
  return found;
}

async function updateOn(serving: LinuxNetwork, own: LinuxNetwork, port: PortSpec): Promise<void> {
  if (!(await own.isPlugged(port.id))) return;
  await serving.answerDhcp(port);
  await own.updatePort(port);
}
