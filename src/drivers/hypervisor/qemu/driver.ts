import { mkdir, realpath } from 'node:fs/promises';
import { loadavg, uptime } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '#base/clock.ts';
import type { Log } from '#base/log.ts';
import { uptimeLine } from '../diagnostics.ts';
import type { GuestEvent, GuestSummary, HypervisorDriver } from '../hypervisor.ts';
import { adoptGuests } from './adoption.ts';
import { boundLogs, readConsole } from './consoles/console-log.ts';
import { Consoles } from './consoles/consoles.ts';
import { diagnose } from './diagnostics.ts';
import { copyRootDisk } from './disks/copy-disk.ts';
import { setPassword, thaw } from './guest-agent/guest-requests.ts';
import { guestFolder } from './guest-folder.ts';
import { cardsOf } from './hardware/cards.ts';
import type { KnownGuest, QemuHost } from './host.ts';
import { movingAlive } from './moves/moves.ts';
import { claimFolder } from './ownership.ts';
import { injectNmi, pause, unpause } from './pause.ts';
import { powerOff, powerOn, pressPowerButton, remove, waitForOff } from './power.ts';
import { processesByGuest } from './process/host-process.ts';
import { type Accelerator, type ProbeResult, probeHost } from './process/probe.ts';
import { keepRunning, resume, suspend } from './suspend/suspend.ts';

export interface QemuDriverOptions {
  /** Holds the guests' folders and what was found out about the host; made when missing. */
  stateFolder: string;
  clock: Clock;
  log: Log;
  /** `auto`, the default, takes KVM where a guest really runs on it. */
  accelerator?: 'auto' | Accelerator;
  /** How fast the memory of a running guest may leave; as fast as it goes when absent. */
  migrationBytesPerSecond?: number;
}

/** How often long logs are cut: an emulated serial port writes at most a few MB in this time. */
const boundLogsEveryMs = 2_000;

/**
 * Opens this host's QEMU and takes charge of the guests that an earlier process left running.
 * Throws when no guest can run here, or when another process has the state folder open.
 */
export async function openQemuDriver(options: QemuDriverOptions): Promise<HypervisorDriver> {
  await mkdir(options.stateFolder, { recursive: true, mode: 0o700 });
  // The kernel names folders by their real path, and guests are recognised by it.
  const stateFolder = await realpath(options.stateFolder);
  const giveBack = await claimFolder(stateFolder);
  try {
    return await openClaimed(stateFolder, options, giveBack);
  } catch (error) {
    await giveBack();
    throw error;
  }
}

async function openClaimed(
  stateFolder: string,
  options: QemuDriverOptions,
  giveBack: () => Promise<void>,
): Promise<HypervisorDriver> {
  const { clock, log } = options;
  const listeners = new Set<(event: GuestEvent) => void>();
  const host: QemuHost = {
    clock,
    log,
    guestsFolder: join(stateFolder, 'guests'),
    probe: await probeHost(stateFolder, options.accelerator ?? 'auto'),
    guests: new Map(),
    migrationBytesPerSecond: options.migrationBytesPerSecond ?? Number.POSITIVE_INFINITY,
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
  };
  await adoptGuests(host);
  const consoles = new Consoles(host);
  const closing = new AbortController();
  const bounding = boundLogsForever(host, closing.signal);
  return {
    facts: factsOf(host.probe),
    powerOn: (guest, signal) => powerOn(host, guest, signal),
    pressPowerButton: (guestId) => pressPowerButton(host, guestId),
    waitForOff: (guestId, timeoutMs, signal) => waitForOff(host, guestId, timeoutMs, signal),
    ...cardsOf(host),
    pause: (guestId) => pause(host, guestId),
    unpause: (guestId) => unpause(host, guestId),
    injectNmi: (guestId) => injectNmi(host, guestId),
    suspend: (guestId, signal) => suspend(host, guestId, signal),
    keepRunning: (guestId) => keepRunning(host, guestId),
    resume: (guest, signal) => resume(host, guest, signal),
    setPassword: (guestId, userName, password, signal) =>
      setPassword(host, guestId, userName, password, signal),
    thaw: (guestId) => thaw(host, guestId),
    copyRootDisk: (guestId, quiesce, signal) => copyRootDisk(host, guestId, quiesce, signal),
    ...movingAlive(host),
    powerOff: (guestId) => powerOff(host, guestId),
    remove: (guestId) => remove(host, guestId),
    guest: async (guestId) => {
      const known = host.guests.get(guestId);
      return known && summary(known);
    },
    guests: async () => [...host.guests.values()].map(summary),
    strays: async () => {
      const ids = [...processesByGuest(host.guestsFolder).keys()];
      return ids.filter((id) => !host.guests.has(id));
    },
    consoleOutput: (guestId) => readConsole(guestFolder(host.guestsFolder, guestId)),
    openConsole: (guestId, kind) => consoles.open(guestId, kind),
    diagnostics: (guestId) => diagnose(host, guestId),
    hostUptime: async () => uptimeLine(clock.nowMs(), uptime(), loadavg()),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: async () => {
      closing.abort();
      await bounding;
      consoles.close();
      listeners.clear();
      for (const { live } of host.guests.values()) live?.release();
      await giveBack();
    },
  };
}

function factsOf({ version, accelerator, reason, losses }: ProbeResult): HypervisorDriver['facts'] {
  return { kind: 'qemu', version: `QEMU ${version}`, accelerator, reason, losses };
}

function summary({ folder, live, isSaved }: KnownGuest): GuestSummary {
  if (!live) return { id: folder.guestId, power: isSaved ? 'suspended' : 'off' };
  return { id: folder.guestId, power: live.power, processId: live.process.pid };
}

async function boundLogsForever(host: QemuHost, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const { folder, live } of host.guests.values()) {
      if (!live) continue;
      await boundLogs(folder).catch((error: unknown) => {
        const facts = { guestId: folder.guestId, error: String(error) };
        host.log.error(facts, 'the console log of a guest could not be cut');
      });
    }
    await host.clock.sleep(boundLogsEveryMs, signal).catch(() => undefined);
  }
}
