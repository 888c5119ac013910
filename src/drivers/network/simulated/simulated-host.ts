import type { NetworkDriver, NetworkSpec, PortSpec, RouterSpec } from '../network.ts';

/** Methods that a test can make fail. */
export type FaultPoint = Exclude<keyof NetworkDriver, 'facts' | 'onGuestConnection' | 'close'>;

interface Fault {
  error: Error;
  /** `before`: nothing was done. `after`: all was done, but the answer was lost. */
  when: 'before' | 'after';
  timesLeft: number;
}

/**
 * Stands for the kernel: what drivers make here outlives them, so a test may open a second driver
 * on the same host as a restarted process would.
 */
export class SimulatedNetworkHost {
  readonly networks = new Map<string, NetworkSpec>();
  readonly routers = new Map<string, RouterSpec>();
  readonly ports = new Map<string, PortSpec>();
  /** How often each method was called, failed calls too. */
  readonly calls = new Map<FaultPoint, number>();
  readonly #faults = new Map<FaultPoint, Fault>();

  /** The next `times` calls of the method fail with `error`. */
  failNext(
    method: FaultPoint,
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
  async perform<T>(method: FaultPoint, work: () => T): Promise<T> {
    this.calls.set(method, (this.calls.get(method) ?? 0) + 1);
    const fault = this.#faults.get(method);
    if (fault) {
      fault.timesLeft -= 1;
      if (fault.timesLeft <= 0) this.#faults.delete(method);
    }
    if (fault?.when === 'before') throw fault.error;
    const result = work();
    if (fault) throw fault.error;
    return result;
  }
}
