import type { Clock } from '#base/clock.ts';
import { FaultSwitches } from '#base/fault-switches.ts';
import type {
  GuestEvent,
  GuestNic,
  GuestPower,
  GuestSpec,
  HypervisorDriver,
} from '../hypervisor.ts';
import { openSimulatedDriver } from './simulated-driver.ts';

/** Methods that a test can make fail. */
export type FaultPoint = Exclude<keyof HypervisorDriver, 'facts' | 'onEvent' | 'close'>;

/** A guest as the simulated host holds it. */
export interface SimulatedGuest {
  id: string;
  power: GuestPower;
  processId: number | undefined;
  console: string;
  /** When it was last started. */
  startedMs: number;
  /** Null until it was first started. */
  spec: GuestSpec | null;
}

/** As the real driver keeps it. */
const consoleKeptCharacters = 1024 * 1024;

/**
 * Stands for the host: its guests outlive the drivers opened on it, so a test may open a second
 * one as a restarted process would. Guests start at once and need no timer.
 */
export class SimulatedHypervisorHost extends FaultSwitches<FaultPoint> {
  readonly clock: Clock;
  readonly startedMs: number;
  readonly guests = new Map<string, SimulatedGuest>();
  readonly #listeners = new Set<(event: GuestEvent) => void>();
  readonly #deaf = new Set<string>();
  #lastProcessId = 0;

  constructor(options: { clock: Clock }) {
    super();
    this.clock = options.clock;
    this.startedMs = options.clock.nowMs();
  }

  /** A driver on this host; several may be open. */
  openHypervisor(): HypervisorDriver {
    return openSimulatedDriver(this);
  }

  /** From now on the guest does nothing when its power button is pressed. */
  ignorePowerButton(guestId: string): void {
    this.#deaf.add(guestId);
  }

  hearsPowerButton(guestId: string): boolean {
    return !this.#deaf.has(guestId);
  }

  /** What the guest would print on its serial console. */
  writeConsole(guestId: string, text: string): void {
    const guest = this.guests.get(guestId);
    if (guest) guest.console = (guest.console + text).slice(-consoleKeptCharacters);
  }

  startGuest(spec: GuestSpec): void {
    const guest = this.guests.get(spec.id) ?? newGuest(spec.id);
    this.guests.set(spec.id, guest);
    if (guest.power !== 'off') return;
    this.#lastProcessId += 1;
    const startedMs = this.clock.nowMs();
    Object.assign(guest, { power: 'running', processId: this.#lastProcessId, startedMs, spec });
    this.writeConsole(spec.id, `\r\n${spec.instanceName} login: `);
  }

  /** Ends a guest from outside or inside, as `reason` says; nothing for one that is off. */
  endGuest(guestId: string, reason = 'died'): void {
    const guest = this.guests.get(guestId);
    if (!guest || guest.power === 'off') return;
    guest.power = 'off';
    guest.processId = undefined;
    this.tell({ guestId, kind: 'stopped', reason });
  }

  /** The card of a port as it is to be, null for none; a guest that is off keeps none. */
  changeNics(guestId: string, portId: string, nic: GuestNic | null): void {
    const guest = this.guests.get(guestId);
    if (!guest?.spec || guest.power === 'off') return;
    const others = guest.spec.nics.filter((one) => one.portId !== portId);
    guest.spec = { ...guest.spec, nics: nic ? [...others, nic] : others };
  }

  /** The guest reboots by itself. */
  resetGuest(guestId: string): void {
    if (this.guests.get(guestId)?.power !== 'running') return;
    this.tell({ guestId, kind: 'reset', reason: 'guest-reset' });
  }

  removeGuest(guestId: string): void {
    this.endGuest(guestId, 'host-qmp-quit');
    this.guests.delete(guestId);
    this.#deaf.delete(guestId);
  }

  tell(event: GuestEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** @returns the function that ends the subscription. */
  listen(listener: (event: GuestEvent) => void): () => void {
    // Wrapped, so that one function subscribed twice is told twice and ended once at a time.
    const own = (event: GuestEvent) => listener(event);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }
}

export function createSimulatedHost(options: { clock: Clock }): SimulatedHypervisorHost {
  return new SimulatedHypervisorHost(options);
}

function newGuest(id: string): SimulatedGuest {
  return { id, power: 'off', processId: undefined, console: '', startedMs: 0, spec: null };
}
