import type { Duplex } from 'node:stream';
import type { NicAttachment } from '#drivers/network/network.ts';
import type { DiskLocation } from '#drivers/storage/storage.ts';
import type { GuestDiagnostics } from './diagnostics.ts';
import type {
  IncomingAddress,
  LiveMigrations,
  MigrationFigures,
  MigrationProgress,
} from './live-migration.ts';

export type { GuestDiagnostics, IncomingAddress, MigrationFigures, MigrationProgress };

/** The screen with keyboard and mouse, in the RFB protocol; or the first serial port. */
export type ConsoleKind = 'vnc' | 'serial';

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

/** As what a guest finds a disk, and behind which controller. */
export interface DiskHardware {
  device: 'disk' | 'cdrom' | 'floppy';
  bus: 'virtio' | 'scsi' | 'ide' | 'sata' | 'usb' | 'fdc';
}

export interface GuestDisk {
  location: DiskLocation;
  /** The guest boots from the rescue disk if it has one, otherwise from its root disk. */
  role: 'root' | 'ephemeral' | 'swap' | 'config-drive' | 'rescue';
  /** A virtio disk where absent. */
  hardware?: DiskHardware;
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

/**
 * `off`: known to the driver, no vCPU; `paused`: a process whose vCPUs stand still; `suspended`: no
 * process, but memory and devices are kept on the disk.
 */
export type GuestPower = 'running' | 'paused' | 'suspended' | 'off';

export interface GuestSummary {
  id: string;
  power: GuestPower;
  /** The host's process, where there is one. */
  processId?: number;
}

/** Not at all; if it can be done; or rather no copy than one without. */
export type Quiesce = 'no' | 'try' | 'must';

export interface GuestEvent {
  guestId: string;
  /** `stopped`: the guest ended, by its own will or not; `reset`: it rebooted by itself. */
  kind: 'stopped' | 'reset' | 'paused' | 'resumed';
  /**
   * For `stopped`, what QEMU or the kernel said: `guest-shutdown`, `guest-panic`, `host-qmp-quit`,
   * `died`. For `paused`: `stop`, or `io-error` when a disk takes no more.
   */
  reason: string;
}

/**
 * Runs guests on this host. Every call is idempotent and may be repeated after a crash of ours at
 * any point; guests outlive the process that opened the driver. Calls for one guest are made one
 * at a time (the agent keeps a queue per server); calls for different guests run side by side.
 */
export interface HypervisorDriver extends LiveMigrations {
  readonly facts: HypervisorFacts;
  /**
   * Starts the guest with exactly this spec; one that already runs is left as it is. What was kept
   * of a suspended one is lost.
   */
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
  /** Guests that have a card whose wire is gone, and that nothing but a new card helps. */
  deadWires(): Promise<string[]>;
  /**
   * Gives a guest a new card in the place of each whose wire is gone. The guest has to let go of
   * the old one: rejects when it does not in time. Nothing for a guest that does not run.
   * @param nics all that it is to have; their wires are there
   * @returns the ports whose cards are new
   */
  reviveNics(guestId: string, nics: readonly GuestNic[], signal?: AbortSignal): Promise<string[]>;
  /** Stops the vCPUs where they are. Rejects for a guest that is off. */
  pause(guestId: string): Promise<void>;
  /** Lets the vCPUs go on. Rejects for a guest that is off. */
  unpause(guestId: string): Promise<void>;
  /** Sends the guest an NMI, which many take for an order to dump. Rejects for one that is off. */
  injectNmi(guestId: string): Promise<void>;
  /**
   * Keeps memory and devices on the disk and ends the process; nothing for a guest of which they
   * are kept. Whatever interrupts it, the guest has its memory: in its process or on the disk.
   * Rejects for a guest that is off.
   */
  suspend(guestId: string, signal?: AbortSignal): Promise<void>;
  /** Undoes a suspension that was cut short: a guest that has a process goes on in it. */
  keepRunning(guestId: string): Promise<void>;
  /**
   * Lets a suspended guest go on where it was; then nothing of it is kept. The spec says where its
   * disks and wires are now; its machine is what it was. Rejects where nothing is kept.
   */
  resume(guest: GuestSpec, signal?: AbortSignal): Promise<void>;
  /**
   * Gives a user inside the guest a password, by the agent there. Rejects for a guest that does
   * not run, or whose agent refuses or is silent; a silent one may still do it later.
   */
  setPassword(
    guestId: string,
    userName: string,
    password: string,
    signal?: AbortSignal,
  ): Promise<void>;
  /** Undoes a freeze that was cut short; nothing for a guest that is not frozen. */
  thaw(guestId: string): Promise<void>;
  /**
   * Copies the root disk as it is at one moment, while the guest goes on.
   * @param quiesce whether the agent inside is to bring the file systems to that moment whole
   * @returns the path of a qcow2 that stands alone, for the caller to take away; undefined where
   *   no guest writes to the disk, or nothing is really written
   */
  copyRootDisk(
    guestId: string,
    quiesce?: Quiesce,
    signal?: AbortSignal,
  ): Promise<string | undefined>;
  /**
   * Ends the guest at once, as pulling the cord would, and forgets what was kept of a suspended
   * one. Its console output stays readable.
   */
  powerOff(guestId: string): Promise<void>;
  /** Ends the guest and removes all the driver holds of it: process, sockets, console, folder. */
  remove(guestId: string): Promise<void>;
  guest(guestId: string): Promise<GuestSummary | undefined>;
  /** All guests this driver knows, running or not, for adoption and leak checks. */
  guests(): Promise<GuestSummary[]>;
  /** Ids of guests that have a process and nothing else any more; `remove` ends them. */
  strays(): Promise<string[]>;
  /** What the guest wrote to its serial console, oldest first, bounded; empty if nothing. */
  consoleOutput(guestId: string): Promise<string>;
  /**
   * The bytes of a console, both ways; undefined for a guest without a process. Several may be
   * open at once; each ends with the guest's process, and is destroyed by whoever opened it. The
   * guest never waits for a reader: a slow one of a serial port is told that output was skipped.
   */
  openConsole(guestId: string, kind: ConsoleKind): Promise<Duplex | undefined>;
  /** Figures of a guest that has a process, running or paused; undefined for any other. */
  diagnostics(guestId: string): Promise<GuestDiagnostics | undefined>;
  /** How long the machine runs and how busy it is, in the line that `uptime` prints. */
  hostUptime(): Promise<string>;
  /** @returns the function that ends the subscription. */
  onEvent(listener: (event: GuestEvent) => void): () => void;
  /** Lets go of the guests without disturbing them. */
  close(): Promise<void>;
}
