import type { GuestSpec, HypervisorDriver } from '../hypervisor.ts';
import type { IncomingAddress, LiveMigrations, MigrationProgress } from '../live-migration.ts';
import type { SimulatedGuest, SimulatedHypervisorHost } from './simulated-host.ts';

/** One that waits here for its memory, or has it. */
interface Arrival {
  spec: GuestSpec;
  /** What came, once all of it is here. */
  guest: SimulatedGuest | null;
}

const bytesPerMib = 1024 ** 2;

/** The hosts between which guests can move, by their addresses. */
export type SimulatedMachines = Map<string, SimulatedMoves>;

/**
 * Guests that come and go, beside those that the host runs. Hosts may be one and the same machine:
 * then a guest leaves and arrives in the same place.
 */
export class SimulatedMoves {
  readonly #host: SimulatedHypervisorHost;
  readonly #machines: SimulatedMachines;
  readonly #address: string;
  readonly #arrivals = new Map<string, Arrival>();
  readonly #left = new Set<string>();
  /** Guests on their way that do not come to an end by themselves, and what ends it. */
  readonly #held = new Map<string, (error?: Error) => void>();
  /** Set by tests: memory that changes faster than it moves. */
  neverConverges = false;

  constructor(host: SimulatedHypervisorHost, machines: SimulatedMachines) {
    this.#host = host;
    this.#machines = machines;
    this.#address = `machine-${machines.size}`;
    machines.set(this.#address, this);
  }

  /** For leak checks: guests that wait to be whole, or to run. */
  get arriving(): string[] {
    return [...this.#arrivals.keys()];
  }

  prepare(spec: GuestSpec): IncomingAddress {
    const known = this.#host.guests.get(spec.id);
    const isElsewhere = !known || known.power === 'off' || this.#left.has(spec.id);
    // Hosts that are one machine cannot tell the guest that leaves from one that runs here.
    if (!isElsewhere && this.#machines.size > 1) throw new Error('the guest runs here');
    this.#arrivals.set(spec.id, { spec, guest: null });
    return { memory: this.#address, disks: null };
  }

  hasArrived(guestId: string): boolean {
    return Boolean(this.#arrivals.get(guestId)?.guest);
  }

  complete(guestId: string, power: 'running' | 'paused'): void {
    const arrival = this.#arrivals.get(guestId);
    if (!arrival) return;
    if (!arrival.guest) throw new Error('the guest has not arrived');
    this.#arrivals.delete(guestId);
    this.#left.delete(guestId);
    this.#host.guests.set(guestId, { ...arrival.guest, spec: arrival.spec, power, console: '' });
    if (power === 'running') this.#host.tell({ guestId, kind: 'resumed', reason: 'resume' });
  }

  drop(guestId: string): void {
    this.#arrivals.delete(guestId);
  }

  async send(guestId: string, address: IncomingAddress, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const guest = this.#running(guestId);
    const target = this.#machines.get(address.memory);
    const isAwaited = () => target?.isAwaited(guestId) ?? false;
    if (!isAwaited()) throw new Error('nobody waits for the guest');
    if (this.neverConverges && guest.power === 'running') await this.#hold(guestId, signal);
    if (!target || !isAwaited()) throw new Error('nobody waits for the guest any more');
    const { power } = guest;
    if (power === 'running') this.#host.haltGuest(guestId, 'paused');
    this.#left.add(guestId);
    target.receive({ ...guest, power });
  }

  isAwaited(guestId: string): boolean {
    return this.#arrivals.has(guestId);
  }

  receive(guest: SimulatedGuest): void {
    const arrival = this.#arrivals.get(guest.id);
    if (arrival) arrival.guest = guest;
  }

  hasLeft(guestId: string): boolean {
    return this.#left.has(guestId);
  }

  progress(guestId: string): MigrationProgress | undefined {
    const memoryMib = this.#host.guests.get(guestId)?.spec?.memoryMib;
    if (!this.#held.has(guestId) || memoryMib === undefined) return undefined;
    const [totalBytes, half] = [memoryMib * bytesPerMib, (memoryMib * bytesPerMib) / 2];
    const memory = { totalBytes, processedBytes: half, remainingBytes: half };
    return { memory, disk: { totalBytes: 0, processedBytes: 0, remainingBytes: 0 } };
  }

  hasten(guestId: string): void {
    const end = this.#held.get(guestId);
    if (!end) return;
    this.#host.haltGuest(guestId, 'paused');
    end();
  }

  abort(guestId: string, power: 'running' | 'paused'): void {
    this.#held.get(guestId)?.(new Error('cancelled'));
    this.#left.delete(guestId);
    const guest = this.#host.guests.get(guestId);
    if (guest && guest.power !== 'off') this.#host.haltGuest(guestId, power);
  }

  forgetDeparted(guestId: string): void {
    if (this.#left.has(guestId)) this.#host.removeGuest(guestId);
  }

  /** The host ends it or forgets it, whatever it was about to do. */
  forget(guestId: string): void {
    this.#held.get(guestId)?.(new Error('the guest ended'));
    this.#left.delete(guestId);
    this.#arrivals.delete(guestId);
  }

  #running(guestId: string): SimulatedGuest {
    const guest = this.#host.guests.get(guestId);
    if (!guest || guest.power === 'off' || guest.power === 'suspended' || this.#left.has(guestId)) {
      throw new Error('the guest is off');
    }
    return guest;
  }

  async #hold(guestId: string, signal?: AbortSignal): Promise<void> {
    const over = Promise.withResolvers<void>();
    const abort = () => over.reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    this.#held.set(guestId, (error) => (error ? over.reject(error) : over.resolve()));
    try {
      await over.promise;
    } finally {
      this.#held.delete(guestId);
      signal?.removeEventListener('abort', abort);
    }
  }
}

/** The part of the driver that moves guests while they run. */
export function movingAlive(host: SimulatedHypervisorHost): LiveMigrations {
  const { moves } = host;
  const perform = <T>(method: keyof LiveMigrations & keyof HypervisorDriver, work: () => T) =>
    host.perform(method, work) as Promise<Awaited<T>>;
  return {
    hardwareOf: (guestId) =>
      perform('hardwareOf', () => {
        if ((host.guests.get(guestId)?.power ?? 'off') === 'off') throw new Error('it is off');
        return ['simulated'];
      }),
    prepareIncoming: (guest, _hardware, _copiesDisks, signal) =>
      perform('prepareIncoming', () => {
        signal?.throwIfAborted();
        return moves.prepare(guest);
      }),
    hasArrived: (guestId) => perform('hasArrived', () => moves.hasArrived(guestId)),
    completeIncoming: (guestId, power) =>
      perform('completeIncoming', () => moves.complete(guestId, power)),
    dropIncoming: (guestId) => perform('dropIncoming', () => moves.drop(guestId)),
    migrateTo: (guestId, address, signal) =>
      perform('migrateTo', () => moves.send(guestId, address, signal)),
    hasLeft: (guestId) => perform('hasLeft', () => moves.hasLeft(guestId)),
    migrationProgress: (guestId) => perform('migrationProgress', () => moves.progress(guestId)),
    hastenMigration: (guestId) => perform('hastenMigration', () => moves.hasten(guestId)),
    abortMigration: (guestId, power) =>
      perform('abortMigration', () => moves.abort(guestId, power)),
    forgetDeparted: (guestId) => perform('forgetDeparted', () => moves.forgetDeparted(guestId)),
  };
}
