import { FaultSwitches } from '#base/fault-switches.ts';
import type { RootDiskSpec, StorageDriver } from '../storage.ts';
import { openSimulatedStorage } from './simulated-storage.ts';

/** Methods that a test can make fail. */
export type StorageFaultPoint = Exclude<keyof StorageDriver, 'kind'>;

/**
 * Stands for the disks of a host: what is on it outlives the drivers opened on it, so a test may
 * open a second one as a restarted process would. Meant for small images, which it keeps whole.
 */
export class SimulatedStorageHost extends FaultSwitches<StorageFaultPoint> {
  readonly images = new Map<string, Buffer>();
  readonly rootDisks = new Map<string, RootDiskSpec>();
  readonly configDrives = new Map<string, Record<string, Uint8Array>>();

  /** A driver on this host; several may be open. */
  openStorage(): StorageDriver {
    return openSimulatedStorage(this);
  }
}
