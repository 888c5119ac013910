interface Fault {
  error: Error;
  when: 'before' | 'after';
  timesLeft: number;
}

/**
 * What a simulated host has in common with others: every call of a driver goes through `perform`,
 * where a test may have ordered it to fail.
 */
export class FaultSwitches<Method extends string> {
  /** How often each method was called, failed calls too. */
  readonly calls = new Map<Method, number>();
  readonly #faults = new Map<Method, Fault>();

  /**
   * The next `times` calls of the method fail with `error`.
   * `before`: nothing was done. `after`: all was done, but the answer was lost.
   */
  failNext(
    method: Method,
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
  async perform<T>(method: Method, work: () => T | Promise<T>): Promise<T> {
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
