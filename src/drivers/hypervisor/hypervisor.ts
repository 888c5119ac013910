import type { NicAttachment } from '#drivers/network/network.ts';
import type { DiskLocation } from '#drivers/storage/storage.ts';
import type { GuestDiagnostics } from './diagnostics.ts';

export type { GuestDiagnostics };

/** What the driver found out about this host when it was opened. */
export interface HypervisorFacts {
  kind: 'qemu' | 'simulated';
  /** For example `QEMU 7.2.22`. */
  version: string;
  accelerator: 'kvm' | 'tcg' | 'none';
  /** One sentence for the log: what was chosen and why. */
  reason: string;
  /** What a user loses on this host, one sentence each; empty when nothing. */
  losses: string[];
}

export interface GuestDisk {
  location: DiskLocation;
  role: 'root' | 'config-drive';
}

export interface GuestNic {
  portId: string;
  macAddress: string;
  attachment: NicAttachment;
}

/** Everything a guest is made of; the same spec twice means the same guest. */
export interface GuestSpec {
  /** The server's UUID; also the SMBIOS system UUID. */
  id: string;
  /** `instance-00000001`: process and VNC title. */
  instanceName: string;
  vcpus: number;
  memoryMib: number;
  disks: GuestDisk[];
  nics: GuestNic[];
  /** Where taps that are attached later will be; a guest without cards is started there, too. */
  networkNamespace?: string | null;
}

/** `off`: known to the driver, no vCPU; `paused`: a process whose vCPUs stand still. */
export type GuestPower = 'running' | 'paused' | 'off';

export interface GuestSummary {
  id: string;
  power: GuestPower;
  /** The host's process, where there is one. */
  processId?: number;
}

export interface GuestEvent {
  guestId: string;
  /** `stopped`: the guest ended, by its own will or not; `reset`: it rebooted by itself. */
  kind: 'stopped' | 'reset' | 'paused' | 'resumed';
  /** For `stopped`, what QEMU or the kernel said: `guest-shutdown`, `host-qmp-quit`, `died`. */
  reason: string;
}

/**
 * Runs guests on this host. Every call is idempotent and may be repeated after a crash of ours at
 * any point; guests outlive the process that opened the driver. Calls for one guest are made one
 * at a time (the agent keeps a queue per server); calls for different guests run side by side.
 */
export interface HypervisorDriver {
  readonly facts: HypervisorFacts;
  /** Starts the guest with exactly this spec; one that already runs is left as it is. */
  powerOn(guest: GuestSpec, signal?: AbortSignal): Promise<void>;
  /** Presses the ACPI power button. No effect on a guest that is off. */
  pressPowerButton(guestId: string): Promise<void>;
  /** True as soon as the guest is off, false when `timeoutMs` passed first. */
  waitForOff(guestId: string, timeoutMs: number, signal?: AbortSignal): Promise<boolean>;
  /**
   * Gives a guest that has a process one more network card; its attachment must be as those that
   * it was started with. Nothing for a guest that is off, or that has a card for that port.
   */
  attachNic(guestId: string, nic: GuestNic): Promise<void>;
  /**
   * Takes the port's card out. The guest has to let go of it: rejects when it does not in time,
   * and then it may still do so later. Nothing for a guest that is off or has no such card.
   */
  detachNic(guestId: string, portId: string, signal?: AbortSignal): Promise<void>;
  /** Ends the guest at once, as pulling the cord would. Its console output stays readable. */
  powerOff(guestId: string): Promise<void>;
  /** Ends the guest and removes all the driver holds of it: process, sockets, console, folder. */
  remove(guestId: string): Promise<void>;
  guest(guestId: string): Promise<GuestSummary | undefined>;
  /** All guests this driver knows, running or not, for adoption and leak checks. */
  guests(): Promise<GuestSummary[]>;
  /** What the guest wrote to its serial console, oldest first, bounded; empty if nothing. */
  consoleOutput(guestId: string): Promise<string>;
  /** Figures of a guest that has a process, running or paused; undefined for any other. */
  diagnostics(guestId: string): Promise<GuestDiagnostics | undefined>;
  /** How long the machine runs and how busy it is, in the line that `uptime` prints. */
  hostUptime(): Promise<string>;
  /** @returns the function that ends the subscription. */
  onEvent(listener: (event: GuestEvent) => void): () => void;
  /** Lets go of the guests without disturbing them. */
  close(): Promise<void>;
}
