import { rm, stat } from 'node:fs/promises';
import type {
  GuestConnection,
  KnownWires,
  NetworkDriver,
  NetworkFacts,
  NetworkInventory,
  NetworkSpec,
  NicAttachment,
  PortSpec,
  Remain,
  RouterSpec,
  WantedWires,
} from '../network.ts';
import { checkId, checkNetwork, checkPort, checkRouter } from './checked.ts';
import { ensureDhcpEntry, isDhcpAnswered } from './dhcp-server.ts';
import { findDiffering } from './differences.ts';
import { GuestListeners } from './guest-listeners.ts';
import { readLink, removeNamespace } from './in-namespace.ts';
import { readInventory } from './inventory.ts';
import { tapName } from './names.ts';
import { ensureNetworkWires, removeNetworkWires } from './network-wires.ts';
import { plugPortWires, unplugPortWires, updatePortWires } from './port-wires.ts';
import { findRemains } from './remains.ts';
import { ensureRouterWires, removeRouterWires } from './router-wires.ts';
import { type LinuxNetworkOptions, networkFolder, openWiring, type Wiring } from './wiring.ts';

export { type Probe, probeLinuxNetwork } from './probe.ts';
export type { LinuxNetworkOptions, Uplink } from './wiring.ts';

/** Real wires: Linux bridges, taps, nftables and dnsmasq in namespaces of their own. */
export class LinuxNetwork implements NetworkDriver {
  readonly facts: NetworkFacts;
  readonly #wiring: Wiring;
  readonly #listeners = new GuestListeners();

  constructor(wiring: Wiring, facts: NetworkFacts) {
    this.#wiring = wiring;
    this.facts = facts;
  }

  async ensureNetwork(network: NetworkSpec): Promise<void> {
    checkNetwork(network);
    await this.#wiring.turns.take(network.id, () =>
      ensureNetworkWires(this.#wiring, this.#listeners, network),
    );
  }

  async removeNetwork(networkId: string): Promise<void> {
    checkId(networkId);
    await this.#wiring.turns.take(networkId, () =>
      removeNetworkWires(this.#wiring, this.#listeners, networkId),
    );
  }

  async ensureRouter(router: RouterSpec): Promise<void> {
    checkRouter(router);
    await this.#wiring.turns.take(router.id, () => ensureRouterWires(this.#wiring, router));
  }

  async removeRouter(routerId: string): Promise<void> {
    checkId(routerId);
    await this.#wiring.turns.take(routerId, () => removeRouterWires(this.#wiring, routerId));
  }

  async plugPort(port: PortSpec): Promise<NicAttachment> {
    checkPort(port);
    await this.#wiring.turns.take(port.id, () => plugPortWires(this.#wiring, port));
    return { kind: 'tap', namespace: this.#wiring.switch, device: tapName(port.id) };
  }

  async updatePort(port: PortSpec): Promise<void> {
    checkPort(port);
    await this.#wiring.turns.take(port.id, () => updatePortWires(this.#wiring, port));
  }

  async unplugPort(portId: string): Promise<void> {
    checkId(portId);
    await this.#wiring.turns.take(portId, () => unplugPortWires(this.#wiring, portId));
  }

  /** The DHCP answer alone, for a port that is plugged on another host. */
  async answerDhcp(port: PortSpec): Promise<void> {
    checkPort(port);
    await this.#wiring.turns.take(port.id, () => ensureDhcpEntry(this.#wiring, port));
  }

  async isPlugged(portId: string): Promise<boolean> {
    checkId(portId);
    return (await readLink(this.#wiring.switch, tapName(portId))) !== null;
  }

  /** Whether the port would be answered by DHCP as the spec says. */
  isDhcpAnswered(port: PortSpec): Promise<boolean> {
    checkPort(port);
    return isDhcpAnswered(this.#wiring, port);
  }

  /** Whether the network was ensured here, and not removed. */
  async isBegun(networkId: string): Promise<boolean> {
    checkId(networkId);
    const folder = networkFolder(this.#wiring.runFolder, networkId);
    return (await stat(folder).catch(() => null)) !== null;
  }

  differing(wanted: WantedWires): Promise<NetworkInventory> {
    return findDiffering(this.#wiring, this.#listeners, wanted);
  }

  inventory(): Promise<NetworkInventory> {
    return readInventory(this.#wiring);
  }

  remains(known: KnownWires): Promise<Remain[]> {
    return findRemains(this.#wiring, known);
  }

  onGuestConnection(listener: (connection: GuestConnection) => void): void {
    this.#listeners.listen(listener);
  }

  async close(): Promise<void> {
    await this.#wiring.turns.idle();
    this.#listeners.close();
  }

  /** Takes down everything of this instance, the switch too, and lets go. */
  async removeAll(): Promise<void> {
    const { portIds, routerIds, networkIds } = await this.inventory();
    await Promise.all(portIds.map((id) => this.unplugPort(id)));
    await Promise.all(routerIds.map((id) => this.removeRouter(id)));
    await Promise.all(networkIds.map((id) => this.removeNetwork(id)));
    await this.close();
    await removeNamespace(this.#wiring.switch);
    await rm(this.#wiring.runFolder, { recursive: true, force: true });
  }
}

/**
 * Makes this instance's switch, or adopts it with all that hangs on it, without disturbing
 * traffic. Guests reach the metadata service again once their network has been ensured. Throws
 * ProcessError where the host cannot do it; ask `probeLinuxNetwork` first.
 */
export async function openLinuxNetwork(options: LinuxNetworkOptions): Promise<LinuxNetwork> {
  const wiring = await openWiring(options);
  return new LinuxNetwork(wiring, {
    kind: 'linux',
    reason: 'Linux bridges in network namespaces: everything that is needed works here',
    losses: [],
    metadataReachable: true,
    namespace: wiring.switch,
  });
}
