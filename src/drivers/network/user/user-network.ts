import type {
  GuestConnection,
  NetworkDriver,
  NetworkFacts,
  NetworkInventory,
  NetworkSpec,
  NicAttachment,
  PortSpec,
  RouterSpec,
} from '../network.ts';

/** QEMU wants a gateway in the subnet even where the API's subnet has none. */
function attachmentOf(network: NetworkSpec, port: PortSpec): NicAttachment {
  for (const fixed of port.fixedIps) {
    const subnet = network.subnets.find((one) => one.id === fixed.subnetId);
    if (subnet?.ipVersion !== 4) continue;
    const gateway = subnet.gateway ?? subnet.dhcpAddress;
    if (gateway === null) continue;
    const { cidr, dnsServers } = subnet;
    const dns = [...dnsServers];
    return { kind: 'user', subnetCidr: cidr, gateway, address: fixed.address, dns };
  }
  throw new Error(`port ${port.id} has no IPv4 address that user-mode networking can give`);
}

const losses = [
  'Guests cannot reach each other, nor be reached from outside.',
  'Security groups are not enforced.',
  'Floating IPs are recorded, but lead nowhere.',
  'The metadata address is not served; every server gets a config drive instead.',
];

/** No state on the host at all: each hypervisor process brings its guest's network along. */
export class UserNetwork implements NetworkDriver {
  readonly facts: NetworkFacts;
  readonly #networks = new Map<string, NetworkSpec>();
  readonly #routerIds = new Set<string>();
  readonly #portIds = new Set<string>();

  constructor(reason: string) {
    this.facts = { kind: 'user', reason, losses, metadataReachable: false };
  }

  async ensureNetwork(network: NetworkSpec): Promise<void> {
    this.#networks.set(network.id, structuredClone(network));
  }

  async removeNetwork(networkId: string): Promise<void> {
    this.#networks.delete(networkId);
  }

  /** Every guest has its own way out, with or without a router: nothing to make. */
  async ensureRouter(router: RouterSpec): Promise<void> {
    this.#routerIds.add(router.id);
  }

  async removeRouter(routerId: string): Promise<void> {
    this.#routerIds.delete(routerId);
  }

  async plugPort(port: PortSpec): Promise<NicAttachment> {
    const network = this.#networks.get(port.networkId);
    if (network === undefined) throw new Error(`network ${port.networkId} is not wired`);
    const attachment = attachmentOf(network, port);
    this.#portIds.add(port.id);
    return attachment;
  }

  async updatePort(): Promise<void> {}

  async unplugPort(portId: string): Promise<void> {
    this.#portIds.delete(portId);
  }

  async inventory(): Promise<NetworkInventory> {
    return {
      networkIds: [...this.#networks.keys()].sort(),
      routerIds: [...this.#routerIds].sort(),
      portIds: [...this.#portIds].sort(),
    };
  }

  onGuestConnection(_listener: (connection: GuestConnection) => void): void {}

  async removeAll(): Promise<void> {
    this.#portIds.clear();
    this.#routerIds.clear();
    this.#networks.clear();
  }

  async close(): Promise<void> {}
}

/** `reason`: one sentence why nothing better was chosen. */
export async function openUserNetwork(options: { reason: string }): Promise<UserNetwork> {
  return new UserNetwork(options.reason);
}
