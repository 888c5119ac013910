import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type {
  GuestConnection,
  NetworkDriver,
  NetworkFacts,
  NetworkInventory,
  NetworkSpec,
  NicAttachment,
  PortSpec,
  RouterSpec,
  WantedWires,
} from '../network.ts';
import { SimulatedNetworkHost } from './simulated-host.ts';

export { SimulatedNetworkHost } from './simulated-host.ts';

const idsOf = (specs: readonly { id: string }[]) => specs.map(({ id }) => id);

/** Wires of nothing: keeps what it is told, promises what the real ones promise. */
export class SimulatedNetwork implements NetworkDriver {
  readonly facts: NetworkFacts = {
    kind: 'simulated',
    reason: 'simulated wires: no packet ever travels',
    losses: ['Guests have no network at all.'],
    metadataReachable: true,
  };
  readonly host: SimulatedNetworkHost;
  #listener: ((connection: GuestConnection) => void) | null = null;
  readonly #servers = new Set<Server>();

  constructor(host: SimulatedNetworkHost) {
    this.host = host;
  }

  ensureNetwork(network: NetworkSpec): Promise<void> {
    return this.host.perform('ensureNetwork', () => {
      this.host.damaged.delete(network.id);
      this.host.networks.set(network.id, structuredClone(network));
    });
  }

  removeNetwork(networkId: string): Promise<void> {
    return this.host.perform('removeNetwork', () => {
      this.host.networks.delete(networkId);
    });
  }

  ensureRouter(router: RouterSpec): Promise<void> {
    return this.host.perform('ensureRouter', () => {
      for (const leg of router.interfaces) this.#insistOnNetwork(leg.networkId);
      if (router.externalGateway) this.#insistOnNetwork(router.externalGateway.networkId);
      this.host.damaged.delete(router.id);
      this.host.routers.set(router.id, structuredClone(router));
    });
  }

  removeRouter(routerId: string): Promise<void> {
    return this.host.perform('removeRouter', () => {
      this.host.routers.delete(routerId);
    });
  }

  plugPort(port: PortSpec): Promise<NicAttachment> {
    return this.host.perform('plugPort', () => {
      this.#insistOnNetwork(port.networkId);
      this.host.ports.set(port.id, { ...port });
      return { kind: 'simulated' };
    });
  }

  updatePort(port: PortSpec): Promise<void> {
    return this.host.perform('updatePort', () => {
      this.host.damaged.delete(port.id);
      // What stands in it is not copied: ports of one group share their rules, which can be long.
      if (this.host.ports.has(port.id)) this.host.ports.set(port.id, { ...port });
    });
  }

  unplugPort(portId: string): Promise<void> {
    return this.host.perform('unplugPort', () => {
      this.host.ports.delete(portId);
    });
  }

  inventory(): Promise<NetworkInventory> {
    return this.host.perform('inventory', () => ({
      networkIds: [...this.host.networks.keys()].sort(),
      routerIds: [...this.host.routers.keys()].sort(),
      portIds: [...this.host.ports.keys()].sort(),
    }));
  }

  async differing({ networks, routers, ports }: WantedWires): Promise<NetworkInventory> {
    const { damaged, ...made } = this.host;
    const differs = (kind: 'networks' | 'routers') => (spec: { id: string }) =>
      damaged.has(spec.id) || !made[kind].has(spec.id);
    return {
      networkIds: idsOf(networks.filter(differs('networks'))),
      routerIds: idsOf(routers.filter(differs('routers'))),
      portIds: idsOf(ports.filter(({ id }) => damaged.has(id))),
    };
  }

  onGuestConnection(listener: (connection: GuestConnection) => void): void {
    this.#listener = listener;
  }

  removeAll(): Promise<void> {
    return this.host.perform('removeAll', () => {
      this.host.ports.clear();
      this.host.routers.clear();
      this.host.networks.clear();
    });
  }

  async close(): Promise<void> {
    for (const server of this.#servers) server.close();
  }

  /**
   * For tests: connects to the metadata service as the guest that has `address` would.
   * @returns the guest's end, a real socket on loopback; throws while nobody listens.
   */
  async connectGuest(networkId: string, address: string): Promise<Socket> {
    this.#insistOnNetwork(networkId);
    const listener = this.#listener;
    if (listener === null) throw new Error('connection refused: no metadata service listens');
    const server = createServer();
    this.#servers.add(server);
    try {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const bound = server.address();
      if (bound === null || typeof bound === 'string') throw new Error('no loopback address');
      const accepted = once(server, 'connection') as Promise<[Socket]>;
      const guest = connect(bound.port, '127.0.0.1');
      const [[socket]] = await Promise.all([accepted, once(guest, 'connect')]);
      socket.on('error', () => undefined);
      listener({ socket, networkId, address });
      return guest;
    } finally {
      server.close();
      this.#servers.delete(server);
    }
  }

  #insistOnNetwork(networkId: string): void {
    if (!this.host.networks.has(networkId)) throw new Error(`network ${networkId} is not wired`);
  }
}

/** Opens a driver on `host`, which keeps what earlier drivers made there. */
export async function openSimulatedNetwork(
  host: SimulatedNetworkHost = new SimulatedNetworkHost(),
): Promise<SimulatedNetwork> {
  return new SimulatedNetwork(host);
}
