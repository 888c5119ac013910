import type { RootDiskSpec, StorageDriver } from '../storage.ts';
import { openSimulatedStorage } from './simulated-storage.ts';

/** Methods that a test can make fail. */
export type StorageFaultPoint = Exclude<keyof StorageDriver, 'kind'>;

interface Fault {
  error: Error;
  /** `before`: nothing was done. `after`: all was done, but the answer was lost. */
  when: 'before' | 'after';
  timesLeft: number;
}

/**
 * Stands for the disks of a host: what is on it outlives the drivers opened on it, so a test may
 * open a second one as a restarted process would. Meant for small images, which it keeps whole.
 */
export class SimulatedStorageHost {
  readonly images = new Map<string, Buffer>();
  readonly rootDisks = new Map<string, RootDiskSpec>();
  readonly configDrives = new Map<string, Record<string, Uint8Array>>();
  /** How often each method was called, failed calls too. */
  readonly calls = new Map<StorageFaultPoint, number>();
  readonly #faults = new Map<StorageFaultPoint, Fault>();

  /** A driver on this host; several may be open. */
  openStorage(): StorageDriver {
    return openSimulatedStorage(this);
  }

  /** The next `times` calls of the method fail with `error`. */
  failNext(
    method: StorageFaultPoint,
    options: { error?: Error; when?: 'before' | 'after'; times?: number } = {},
  ): void {
    this.#faults.set(method, {
      error: options.error ?? new Error(`simulated failure of ${method}`),
      when: options.when ?? 'before',
      timesLeft: options.times ?? 1,
    });
  }

  clearFaults(): void {
    this.#faults.clear();
  }

  /** Runs one call of a driver, unless a fault says otherwise. */
  async perform<T>(method: StorageFaultPoint, work: () => T | Promise<T>): Promise<T> {
    this.calls.set(method, (this.calls.get(method) ?? 0) + 1);
    const fault = this.#faults.get(method);
    if (fault) {
      fault.timesLeft -= 1;
      if (fault.timesLeft <= 0) this.#faults.delete(method);
    }
    if (fault?.when === 'before') throw fault.error;
    const result = await work();
    if (fault) throw fault.error;
    return result;
  }
}
