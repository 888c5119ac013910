import { FaultSwitches } from '#base/fault-switches.ts';
import type { BlankDiskSpec, RootDiskSpec, StorageDriver } from '../storage.ts';
import { openSimulatedStorage } from './simulated-storage.ts';

/** Methods that a test can make fail. */
export type StorageFaultPoint = Exclude<keyof StorageDriver, 'kind'>;

export interface FormerDisks {
  root: RootDiskSpec;
  blanks: Map<string, BlankDiskSpec>;
}

/** What a host has aside of one server; undefined for what it had none of. */
export interface DisksAside {
  root: RootDiskSpec;
  configDrive: Record<string, Uint8Array> | undefined;
  /** Undefined: they stayed in use. */
  blanks: Map<string, BlankDiskSpec> | undefined;
}

/**
 * Stands for the disks of a host: what is on it outlives the drivers opened on it, so a test may
 * open a second one as a restarted process would. Meant for small images, which it keeps whole.
 */
export class SimulatedStorageHost extends FaultSwitches<StorageFaultPoint> {
  readonly images = new Map<string, Buffer>();
  readonly rootDisks = new Map<string, RootDiskSpec>();
  /** By the server's id, each under its name. */
  readonly blankDisks = new Map<string, Map<string, BlankDiskSpec>>();
  /** Disks that others have replaced, by the server's id. */
  readonly formerDisks = new Map<string, FormerDisks>();
  /** Disks that were taken out of use for others, by the server's id. */
  readonly disksAside = new Map<string, DisksAside>();
  /** What comes from another host, by the server's id and the disk's name. */
  readonly arriving = new Map<string, Buffer>();
  /** By the ids of server and snapshot. */
  readonly snapshots = new Map<string, Buffer>();
  readonly configDrives = new Map<string, Record<string, Uint8Array>>();

  /** A driver on this host; several may be open. */
  openStorage(): StorageDriver {
    return openSimulatedStorage(this);
  }
}
