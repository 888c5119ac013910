import type { Duplex } from 'node:stream';
import type { Clock } from '#base/clock.ts';
import { FaultSwitches } from '#base/fault-switches.ts';
import type {
  ConsoleKind,
  GuestEvent,
  GuestNic,
  GuestPower,
  GuestSpec,
  HypervisorDriver,
} from '../hypervisor.ts';
import { SimulatedConsoles } from './consoles.ts';
import { type SimulatedMachines, SimulatedMoves } from './moves.ts';
import { openSimulatedDriver } from './simulated-driver.ts';

/** Methods that a test can make fail. */
export type FaultPoint = Exclude<keyof HypervisorDriver, 'facts' | 'onEvent' | 'close' | 'strays'>;

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
  /** Guests on their way, in and out. */
  readonly moves: SimulatedMoves;
  /** The last that was given to someone in a guest, by the guest's id. */
  readonly passwords = new Map<string, { userName: string; password: string }>();
  /** Guests that a test took the wires from. */
  readonly deadWires = new Set<string>();
  readonly #consoles = new SimulatedConsoles();
  readonly #listeners = new Set<(event: GuestEvent) => void>();
  readonly #deaf = new Set<string>();
  #lastProcessId = 0;

  /** @param options.machines the other hosts that its guests can move to */
  constructor(options: { clock: Clock; machines?: SimulatedMachines }) {
    super();
    this.moves = new SimulatedMoves(this, options.machines ?? new Map());
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
    this.#consoles.print(guestId, text);
  }

  /** The serial port echoes, the screen is drawn; undefined for a guest that is off. */
  openConsole(guestId: string, kind: ConsoleKind): Duplex | undefined {
    if ((this.guests.get(guestId)?.power ?? 'off') === 'off') return undefined;
    if (kind === 'vnc') return this.#consoles.openScreen(guestId);
    return this.#consoles.openSerial(guestId, (text) => this.writeConsole(guestId, text));
  }

  startGuest(spec: GuestSpec): void {
    const guest = this.guests.get(spec.id) ?? newGuest(spec.id);
    this.guests.set(spec.id, guest);
    if (hasProcess(guest)) return;
    this.#lastProcessId += 1;
    const startedMs = this.clock.nowMs();
    Object.assign(guest, { power: 'running', processId: this.#lastProcessId, startedMs, spec });
    this.writeConsole(spec.id, `\r\n${spec.instanceName} login: `);
  }

  /** Stops its vCPUs or lets them go on. Throws for a guest that is off. */
  haltGuest(guestId: string, power: 'running' | 'paused'): void {
    const guest = this.guests.get(guestId);
    if (!guest || !hasProcess(guest)) throw new Error('the guest is off');
    if (guest.power === power) return;
    guest.power = power;
    const isPaused = power === 'paused';
    const event = { kind: isPaused ? 'paused' : 'resumed', reason: isPaused ? 'stop' : 'resume' };
    this.tell({ guestId, ...event } as GuestEvent);
  }

  /** Ends its process; the rest is as it was. Throws for a guest that is off. */
  suspendGuest(guestId: string): void {
    const guest = this.guests.get(guestId);
    if (guest?.power === 'suspended') return;
    if (!guest || !hasProcess(guest)) throw new Error('the guest is off');
    guest.power = 'suspended';
    guest.processId = undefined;
    this.#consoles.end(guestId);
    this.tell({ guestId, kind: 'stopped', reason: 'host-qmp-quit' });
  }

  /** Throws for a guest of which nothing is kept. */
  resumeGuest(spec: GuestSpec): void {
    const guest = this.guests.get(spec.id);
    if (!guest || guest.power === 'off') throw new Error('nothing was kept of the guest');
    if (guest.power === 'running') return;
    this.#lastProcessId += 1;
    Object.assign(guest, { power: 'running', processId: this.#lastProcessId, spec });
    this.tell({ guestId: spec.id, kind: 'resumed', reason: 'resume' });
  }

  /** A non-maskable interrupt, of which the guest only tells. Throws for a guest that is off. */
  interruptGuest(guestId: string): void {
    const guest = this.guests.get(guestId);
    if (!guest || !hasProcess(guest)) throw new Error('the guest is off');
    this.writeConsole(guestId, '\r\nNMI received\r\n');
  }

  /** Throws for a guest that does not run. */
  setPassword(guestId: string, userName: string, password: string): void {
    const power = this.guests.get(guestId)?.power;
    if (power === 'paused') throw new Error('the guest stands still');
    if (power !== 'running') throw new Error('the guest is off');
    this.passwords.set(guestId, { userName, password });
  }

  /** Ends a guest from outside or inside, as `reason` says; nothing for one that is off. */
  endGuest(guestId: string, reason = 'died'): void {
    const guest = this.guests.get(guestId);
    if (!guest || guest.power === 'off') return;
    const hadProcess = hasProcess(guest);
    this.moves.forget(guestId);
    guest.power = 'off';
    guest.processId = undefined;
    this.#consoles.end(guestId);
    if (hadProcess) this.tell({ guestId, kind: 'stopped', reason });
  }

  /** The card of a port as it is to be, null for none; a guest that is off keeps none. */
  changeNics(guestId: string, portId: string, nic: GuestNic | null): void {
    const guest = this.guests.get(guestId);
    if (!guest?.spec || !hasProcess(guest)) return;
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
    this.moves.forget(guestId);
    this.guests.delete(guestId);
    this.#deaf.delete(guestId);
    this.passwords.delete(guestId);
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

export function createSimulatedHost(options: {
  clock: Clock;
  machines?: SimulatedMachines;
}): SimulatedHypervisorHost {
  return new SimulatedHypervisorHost(options);
}

/** As far as its power tells: tests play guests that ended unseen by setting that. */
export function hasProcess({ power }: SimulatedGuest): boolean {
  return power === 'running' || power === 'paused';
}

function newGuest(id: string): SimulatedGuest {
  return { id, power: 'off', processId: undefined, console: '', startedMs: 0, spec: null };
}
