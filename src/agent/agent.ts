import type { Duplex } from 'node:stream';
import type { Log } from '#base/log.ts';
import type {
  ConsoleKind,
  GuestDiagnostics,
  GuestEvent,
  GuestPower,
  HypervisorDriver,
} from '#drivers/hypervisor/hypervisor.ts';
import type { IncomingAddress, MigrationProgress } from '#drivers/hypervisor/live-migration.ts';
import type { NetworkDriver } from '#drivers/network/network.ts';
import type { SnapshotFacts, StorageDriver } from '#drivers/storage/storage.ts';
import { DisksOfHost } from './disks.ts';
import { type GuestParts, guestOf, plugAll, plugOne } from './guest-parts.ts';
import { serverOfDisk } from './rescue.ts';
import type { WantedDisks, WantedRescue, WantedServer, WantedSnapshot } from './wanted.ts';

export type { WantedDisks, WantedRescue, WantedServer, WantedSnapshot };

/** Ids of what a host has. */
export interface HostHoldings {
  guestIds: string[];
  /** Servers that have anything on its disks. */
  diskIds: string[];
  /** Those that have what they boot from; null where disks end with the process. */
  rootDiskIds: string[] | null;
  portIds: string[];
}

export interface AgentOptions {
  hypervisor: HypervisorDriver;
  network: NetworkDriver;
  storage: StorageDriver;
  log: Log;
}

/**
 * One host's hands. Each call makes one part of a server as wanted and is idempotent; calls for
 * one server are made one at a time by its operations' queue. Arguments and results are plain data,
 * but for an AbortSignal in the last place: `calls.ts` tells the bus of each.
 */
export class Agent extends DisksOfHost {
  #hypervisor: HypervisorDriver;
  #network: NetworkDriver;
  #storage: StorageDriver;
  #parts: GuestParts;
  #log: Log;

  constructor(options: AgentOptions) {
    super(options.storage);
    this.#hypervisor = options.hypervisor;
    this.#network = options.network;
    this.#storage = options.storage;
    this.#parts = options;
    this.#log = options.log;
  }

  /** A copy of the root disk at one moment, whether a guest runs on it or not. */
  async takeSnapshot(
    { id, quiesce, ...snapshot }: WantedSnapshot,
    signal: AbortSignal,
  ): Promise<SnapshotFacts> {
    const copyPath = await this.#hypervisor.copyRootDisk(id, quiesce, signal);
    return this.#storage.takeSnapshot({ diskId: id, ...snapshot }, copyPath, signal);
  }

  /** For a copy that was cut short: its guest must not stay frozen. */
  thaw(serverId: string): Promise<void> {
    return this.#hypervisor.thaw(serverId);
  }

  setPassword(
    serverId: string,
    userName: string,
    password: string,
    signal: AbortSignal,
  ): Promise<void> {
    return this.#hypervisor.setPassword(serverId, userName, password, signal);
  }

  async ensureWires(server: WantedServer): Promise<void> {
    await plugAll(this.#network, server);
  }

  /** @param _serverId whose ports they are; null for those of no server */
  async removeWires(_serverId: string | null, portIds: readonly string[]): Promise<void> {
    await Promise.all(portIds.map((portId) => this.#network.unplugPort(portId)));
  }

  /** Starts the guest unless it runs. Disks and wires are made first where they are missing. */
  async ensureRunning(server: WantedServer, signal: AbortSignal): Promise<void> {
    await this.#hypervisor.powerOn(await guestOf(this.#parts, server), signal);
  }

  /** Memory and devices go to the disk and the guest ends; its wires stay. */
  suspend(serverId: string, signal: AbortSignal): Promise<void> {
    return this.#hypervisor.suspend(serverId, signal);
  }

  /** Undoes a suspension that was cut short; nothing for a guest that has no process any more. */
  keepRunning(serverId: string): Promise<void> {
    return this.#hypervisor.keepRunning(serverId);
  }

  /** A suspended guest goes on where it was, on the disks and wires as they are wanted now. */
  async resume(server: WantedServer, signal: AbortSignal): Promise<void> {
    await this.#hypervisor.resume(await guestOf(this.#parts, server), signal);
  }

  /** Asks by the power button and waits, then pulls the cord; `graceMs` 0 pulls it at once. */
  async ensureOff(serverId: string, graceMs: number, signal: AbortSignal): Promise<void> {
    // One that stands still could not obey.
    const isPaused = (await this.power(serverId)) === 'paused';
    if (graceMs > 0 && !isPaused) {
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
    if (power !== 'running' && power !== 'paused') return false;
    await this.#hypervisor.attachNic(serverId, await plugOne(this.#network, wiring));
    return true;
  }

  /** Takes a port's card out of the guest, and then its wire. */
  async detachNic(serverId: string, portId: string, signal: AbortSignal): Promise<void> {
    await this.#hypervisor.detachNic(serverId, portId, signal);
    await this.#network.unplugPort(portId);
  }

  /** Servers with a card whose wire is gone. */
  deadWires(): Promise<string[]> {
    return this.#hypervisor.deadWires();
  }

  /** Makes what is lost of the wires of a server that runs. @returns ports that got new cards */
  async reviveWires(
    { id, ports }: Pick<WantedServer, 'id' | 'ports'>,
    signal: AbortSignal,
  ): Promise<string[]> {
    const nics = await Promise.all(ports.map((wiring) => plugOne(this.#network, wiring)));
    return this.#hypervisor.reviveNics(id, nics, signal);
  }

  pause(serverId: string): Promise<void> {
    return this.#hypervisor.pause(serverId);
  }

  unpause(serverId: string): Promise<void> {
    return this.#hypervisor.unpause(serverId);
  }

  injectNmi(serverId: string): Promise<void> {
    return this.#hypervisor.injectNmi(serverId);
  }

  removeGuest(serverId: string): Promise<void> {
    return this.#hypervisor.remove(serverId);
  }

  /** `absent`: this host does not know the server. */
  async power(serverId: string): Promise<GuestPower | 'absent'> {
    return (await this.#hypervisor.guest(serverId))?.power ?? 'absent';
  }

  /** By the servers' ids. */
  async powers(): Promise<[string, GuestPower][]> {
    return (await this.#hypervisor.guests()).map((guest) => [guest.id, guest.power]);
  }

  /** What is on the host, for comparing it with the database. */
  async holdings(): Promise<HostHoldings> {
    const [strays, guests, diskIds, rootDiskIds, inventory] = await Promise.all([
      this.#hypervisor.strays(),
      this.#hypervisor.guests(),
      this.#storage.diskIds(),
      this.#storage.rootDiskIds(),
      this.#network.inventory(),
    ]);
    const owners = [...new Set(diskIds.map(serverOfDisk))];
    const guestIds = [...new Set([...strays, ...guests.map((guest) => guest.id)])];
    return { guestIds, diskIds: owners, rootDiskIds, portIds: inventory.portIds };
  }

  /** Removes what nothing on this host lies on or will come back for. */
  sweep(): Promise<void> {
    return this.#storage.sweep();
  }

  consoleOutput(serverId: string): Promise<string> {
    return this.#hypervisor.consoleOutput(serverId);
  }

  /** A stream of bytes both ways, until the guest ends; undefined for one that is off. */
  openConsole(serverId: string, kind: ConsoleKind): Promise<Duplex | undefined> {
    return this.#hypervisor.openConsole(serverId, kind);
  }

  diagnostics(serverId: string): Promise<GuestDiagnostics | undefined> {
    return this.#hypervisor.diagnostics(serverId);
  }

  hostUptime(): Promise<string> {
    return this.#hypervisor.hostUptime();
  }

  onEvent(listener: (event: GuestEvent) => void): () => void {
    return this.#hypervisor.onEvent(listener);
  }

  // A server moves while it runs: what each part means, and when, `LiveMigrations` says.

  hardwareOf(serverId: string): Promise<string[]> {
    return this.#hypervisor.hardwareOf(serverId);
  }

  /** Waits for a server that comes while it runs, with disks and wires of its own here. */
  async prepareIncoming(
    server: WantedServer,
    hardware: readonly string[],
    copiesDisks: boolean,
    signal: AbortSignal,
  ): Promise<IncomingAddress> {
    const guest = await guestOf(this.#parts, server);
    return this.#hypervisor.prepareIncoming(guest, hardware, copiesDisks, signal);
  }

  hasArrived(serverId: string): Promise<boolean> {
    return this.#hypervisor.hasArrived(serverId);
  }

  completeIncoming(serverId: string, power: 'running' | 'paused'): Promise<void> {
    return this.#hypervisor.completeIncoming(serverId, power);
  }

  dropIncoming(serverId: string): Promise<void> {
    return this.#hypervisor.dropIncoming(serverId);
  }

  migrateTo(serverId: string, address: IncomingAddress, signal: AbortSignal): Promise<void> {
    return this.#hypervisor.migrateTo(serverId, address, signal);
  }

  hasLeft(serverId: string): Promise<boolean> {
    return this.#hypervisor.hasLeft(serverId);
  }

  migrationProgress(serverId: string): Promise<MigrationProgress | undefined> {
    return this.#hypervisor.migrationProgress(serverId);
  }

  hastenMigration(serverId: string): Promise<void> {
    return this.#hypervisor.hastenMigration(serverId);
  }

  abortMigration(serverId: string, power: 'running' | 'paused'): Promise<void> {
    return this.#hypervisor.abortMigration(serverId, power);
  }

  forgetDeparted(serverId: string): Promise<void> {
    return this.#hypervisor.forgetDeparted(serverId);
  }
}
