import type { Log } from '#base/log.ts';
import type {
  GuestDiagnostics,
  GuestEvent,
  GuestNic,
  GuestPower,
  HypervisorDriver,
} from '#drivers/hypervisor/hypervisor.ts';
import type { NetworkDriver, NetworkSpec, PortSpec } from '#drivers/network/network.ts';
import type { RootDiskSpec, StorageDriver } from '#drivers/storage/storage.ts';

/** What a host must know to make a server's disks. */
export interface WantedDisks {
  id: string;
  rootDisk: RootDiskSpec;
  /** Files of the config drive, base64 by path; null when there is none. */
  configDrive: Record<string, string> | null;
}

/** All that a host must know to run one server: what is wanted, as data that could cross a wire. */
export interface WantedServer extends WantedDisks {
  instanceName: string;
  vcpus: number;
  memoryMib: number;
  ports: { network: NetworkSpec; port: PortSpec }[];
}

export interface AgentOptions {
  hypervisor: HypervisorDriver;
  network: NetworkDriver;
  storage: StorageDriver;
  log: Log;
}

/** What is asked of a host for its servers; `AgentsByHost` finds the host for each. */
export type HostAgent = Omit<Agent, 'holdings' | 'sweep' | 'hostUptime'>;

/**
 * One host's hands. Each call makes one part of a server as wanted and is idempotent; calls for
 * one server are made one at a time by its operations' queue.
 */
export class Agent {
  #hypervisor: HypervisorDriver;
  #network: NetworkDriver;
  #storage: StorageDriver;
  #log: Log;

  constructor(options: AgentOptions) {
    this.#hypervisor = options.hypervisor;
    this.#network = options.network;
    this.#storage = options.storage;
    this.#log = options.log;
  }

  async ensureDisks(server: WantedDisks): Promise<void> {
    await this.#storage.createRootDisk(server.rootDisk);
    if (server.configDrive) {
      await this.#storage.createConfigDrive(server.id, decodeFiles(server.configDrive));
    }
  }

  removeDisks(serverId: string): Promise<void> {
    return this.#storage.deleteDisks(serverId);
  }

  async ensureWires(server: WantedServer): Promise<void> {
    await this.#plug(server);
  }

  /** @param _serverId whose ports they are; null for those of no server */
  async removeWires(_serverId: string | null, portIds: readonly string[]): Promise<void> {
    await Promise.all(portIds.map((portId) => this.#network.unplugPort(portId)));
  }

  /** Starts the guest unless it runs. Disks and wires are made first where they are missing. */
  async ensureRunning(server: WantedServer, signal: AbortSignal): Promise<void> {
    const root = await this.#storage.createRootDisk(server.rootDisk);
    const configDrive = server.configDrive
      ? await this.#storage.createConfigDrive(server.id, decodeFiles(server.configDrive))
      : undefined;
    const nics = await this.#plug(server);
    await this.#hypervisor.powerOn(
      {
        id: server.id,
        instanceName: server.instanceName,
        vcpus: server.vcpus,
        memoryMib: server.memoryMib,
        disks: [
          { location: root, role: 'root' },
          ...(configDrive ? [{ location: configDrive, role: 'config-drive' as const }] : []),
        ],
        nics,
        networkNamespace: this.#network.facts.namespace ?? null,
      },
      signal,
    );
  }

  /** Asks by the power button and waits, then pulls the cord; `graceMs` 0 pulls it at once. */
  async ensureOff(serverId: string, graceMs: number, signal: AbortSignal): Promise<void> {
    if (graceMs > 0) {
      await this.#hypervisor.pressPowerButton(serverId);
      if (await this.#hypervisor.waitForOff(serverId, graceMs, signal)) return;
      this.#log.info({ serverId, graceMs }, 'the guest did not obey the power button in time');
    }
    await this.#hypervisor.powerOff(serverId);
  }

  /**
   * Gives a guest that has a process one more card, its wire first. One that is off gets it with
   * its next start. @returns whether the wire is in use.
   */
  async attachNic(serverId: string, wiring: WantedServer['ports'][number]): Promise<boolean> {
    const power = await this.power(serverId);
    if (power === 'off' || power === 'absent') return false;
    await this.#hypervisor.attachNic(serverId, await this.#plugOne(wiring));
    return true;
  }

  /** Takes a port's card out of the guest, and then its wire. */
  async detachNic(serverId: string, portId: string, signal: AbortSignal): Promise<void> {
    await this.#hypervisor.detachNic(serverId, portId, signal);
    await this.#network.unplugPort(portId);
  }

  removeGuest(serverId: string): Promise<void> {
    return this.#hypervisor.remove(serverId);
  }

  /** `absent`: this host does not know the server. */
  async power(serverId: string): Promise<GuestPower | 'absent'> {
    return (await this.#hypervisor.guest(serverId))?.power ?? 'absent';
  }

  async powers(): Promise<Map<string, GuestPower>> {
    return new Map((await this.#hypervisor.guests()).map((guest) => [guest.id, guest.power]));
  }

  /** What is on the host, for comparing it with the database. */
  async holdings(): Promise<{ guestIds: string[]; diskIds: string[]; portIds: string[] }> {
    const [guests, diskIds, inventory] = await Promise.all([
      this.#hypervisor.guests(),
      this.#storage.diskIds(),
      this.#network.inventory(),
    ]);
    return { guestIds: guests.map((guest) => guest.id), diskIds, portIds: inventory.portIds };
  }

  /** Removes what nothing on this host lies on or will come back for. */
  sweep(): Promise<void> {
    return this.#storage.sweep();
  }

  consoleOutput(serverId: string): Promise<string> {
    return this.#hypervisor.consoleOutput(serverId);
  }

  /** Undefined for a guest that is off. */
  diagnostics(serverId: string): Promise<GuestDiagnostics | undefined> {
    return this.#hypervisor.diagnostics(serverId);
  }

  hostUptime(): Promise<string> {
    return this.#hypervisor.hostUptime();
  }

  onEvent(listener: (event: GuestEvent) => void): () => void {
    return this.#hypervisor.onEvent(listener);
  }

  #plug(server: WantedServer): Promise<GuestNic[]> {
    return Promise.all(server.ports.map((wiring) => this.#plugOne(wiring)));
  }

  async #plugOne({ network, port }: WantedServer['ports'][number]): Promise<GuestNic> {
    await this.#network.ensureNetwork(network);
    const attachment = await this.#network.plugPort(port);
    return { portId: port.id, macAddress: port.macAddress, attachment };
  }
}

function decodeFiles(files: Record<string, string>): Record<string, Uint8Array> {
  const entries = Object.entries(files).map(([path, text]) => [path, Buffer.from(text, 'base64')]);
  return Object.fromEntries(entries);
}
