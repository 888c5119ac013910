import { mkdir, realpath } from 'node:fs/promises';
import { loadavg, uptime } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '#base/clock.ts';
import type { Log } from '#base/log.ts';
import { uptimeLine } from '../diagnostics.ts';
import type { GuestEvent, GuestSummary, HypervisorDriver } from '../hypervisor.ts';
import { adoptGuests } from './adoption.ts';
import { boundLogs, readConsole } from './console-log.ts';
import { diagnose } from './diagnostics.ts';
import { guestFolder } from './guest-folder.ts';
import type { KnownGuest, QemuHost } from './host.ts';
import { attachNic, detachNic } from './hot-plug.ts';
import { claimFolder } from './ownership.ts';
import { powerOff, powerOn, pressPowerButton, remove, waitForOff } from './power.ts';
import { type Accelerator, type ProbeResult, probeHost } from './probe.ts';

export interface QemuDriverOptions {
  /** Holds the guests' folders and what was found out about the host; made when missing. */
  stateFolder: string;
  clock: Clock;
  log: Log;
  /** `auto`, the default, takes KVM where a guest really runs on it. */
  accelerator?: 'auto' | Accelerator;
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
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
  };
  await adoptGuests(host);
  const closing = new AbortController();
  const bounding = boundLogsForever(host, closing.signal);
  return {
    facts: factsOf(host.probe),
    powerOn: (guest, signal) => powerOn(host, guest, signal),
    pressPowerButton: (guestId) => pressPowerButton(host, guestId),
    waitForOff: (guestId, timeoutMs, signal) => waitForOff(host, guestId, timeoutMs, signal),
    attachNic: (guestId, nic) => attachNic(host, guestId, nic),
    detachNic: (guestId, portId, signal) => detachNic(host, guestId, portId, signal),
    powerOff: (guestId) => powerOff(host, guestId),
    remove: (guestId) => remove(host, guestId),
    guest: async (guestId) => {
      const known = host.guests.get(guestId);
      return known && summary(known);
    },
    guests: async () => [...host.guests.values()].map(summary),
    consoleOutput: (guestId) => readConsole(guestFolder(host.guestsFolder, guestId)),
    diagnostics: (guestId) => diagnose(host, guestId),
    hostUptime: async () => uptimeLine(clock.nowMs(), uptime(), loadavg()),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: async () => {
      closing.abort();
      await bounding;
      listeners.clear();
      for (const { live } of host.guests.values()) live?.release();
      await giveBack();
    },
  };
}

function factsOf({ version, accelerator, reason, losses }: ProbeResult): HypervisorDriver['facts'] {
  return { kind: 'qemu', version: `QEMU ${version}`, accelerator, reason, losses };
}

function summary({ folder, live }: KnownGuest): GuestSummary {
  if (!live) return { id: folder.guestId, power: 'off' };
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
