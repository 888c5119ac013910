import { type GuestDiagnostics, uptimeLine } from '../diagnostics.ts';
import type { GuestPower, GuestSummary, HypervisorDriver, HypervisorFacts } from '../hypervisor.ts';
import { movingAlive } from './moves.ts';
import type { SimulatedGuest, SimulatedHypervisorHost } from './simulated-host.ts';

const facts: HypervisorFacts = {
  kind: 'simulated',
  version: 'simulated',
  accelerator: 'none',
  reason: 'simulated: servers exist only in memory',
  losses: ['No server really runs.'],
};

/** A driver on the host; what it starts stays on the host when it is closed. */
export function openSimulatedDriver(host: SimulatedHypervisorHost): HypervisorDriver {
  const subscriptions = new Set<() => void>();
  return {
    facts,
    powerOn: (guest, signal) =>
      host.perform('powerOn', () => {
        signal?.throwIfAborted();
        host.startGuest(guest);
      }),
    pressPowerButton: (guestId) =>
      host.perform('pressPowerButton', () => {
        const guest = host.guests.get(guestId);
        if (guest?.power !== 'running' || !host.hearsPowerButton(guestId)) return;
        host.endGuest(guestId, 'guest-shutdown');
      }),
    waitForOff: (guestId, timeoutMs, signal) =>
      host.perform('waitForOff', () => waitForOff(host, guestId, timeoutMs, signal)),
    attachNic: (guestId, nic) =>
      host.perform('attachNic', () => host.changeNics(guestId, nic.portId, nic)),
    detachNic: (guestId, portId, signal) =>
      host.perform('detachNic', () => {
        signal?.throwIfAborted();
        host.changeNics(guestId, portId, null);
      }),
    ...standingStill(host),
    setPassword: (guestId, userName, password, signal) =>
      host.perform('setPassword', () => {
        signal?.throwIfAborted();
        host.setPassword(guestId, userName, password);
      }),
    thaw: () => host.perform('thaw', () => undefined),
    copyRootDisk: () => host.perform('copyRootDisk', () => undefined),
    ...movingAlive(host),
    powerOff: (guestId) => host.perform('powerOff', () => host.endGuest(guestId, 'host-qmp-quit')),
    remove: (guestId) => host.perform('remove', () => host.removeGuest(guestId)),
    guest: (guestId) =>
      host.perform('guest', () => {
        const guest = host.guests.get(guestId);
        return guest && summary(guest);
      }),
    guests: () => host.perform('guests', () => [...host.guests.values()].map(summary)),
    strays: async () => [],
    consoleOutput: (guestId) =>
      host.perform('consoleOutput', () => host.guests.get(guestId)?.console ?? ''),
    openConsole: (guestId, kind) =>
      host.perform('openConsole', () => host.openConsole(guestId, kind)),
    diagnostics: (guestId) => host.perform('diagnostics', () => diagnose(host, guestId)),
    hostUptime: () =>
      host.perform('hostUptime', () => {
        const nowMs = host.clock.nowMs();
        return uptimeLine(nowMs, (nowMs - host.startedMs) / 1000, [0, 0, 0]);
      }),
    ...revivingCards(host),
    onEvent: (listener) => {
      const end = host.listen(listener);
      subscriptions.add(end);
      return () => {
        subscriptions.delete(end);
        end();
      };
    },
    close: async () => {
      for (const end of subscriptions) end();
      subscriptions.clear();
    },
  };
}

/** Wires that a test took away, and cards that come in the place of theirs. */
function revivingCards(
  host: SimulatedHypervisorHost,
): Pick<HypervisorDriver, 'deadWires' | 'reviveNics'> {
  return {
    deadWires: () =>
      host.perform('deadWires', () =>
        [...host.deadWires].filter((id) => isOn(host.guests.get(id)?.power)),
      ),
    reviveNics: (guestId, nics, signal) =>
      host.perform('reviveNics', () => {
        signal?.throwIfAborted();
        const isRunning = host.guests.get(guestId)?.power === 'running';
        if (!isRunning || !host.deadWires.delete(guestId)) return [];
        return nics.map(({ portId }) => portId);
      }),
  };
}

/** What stops the vCPUs and lets them go on, here or on the disk. */
function standingStill(
  host: SimulatedHypervisorHost,
): Pick<
  HypervisorDriver,
  'pause' | 'unpause' | 'injectNmi' | 'suspend' | 'keepRunning' | 'resume'
> {
  return {
    pause: (guestId) => host.perform('pause', () => host.haltGuest(guestId, 'paused')),
    unpause: (guestId) => host.perform('unpause', () => host.haltGuest(guestId, 'running')),
    injectNmi: (guestId) => host.perform('injectNmi', () => host.interruptGuest(guestId)),
    suspend: (guestId, signal) =>
      host.perform('suspend', () => {
        signal?.throwIfAborted();
        host.suspendGuest(guestId);
      }),
    keepRunning: (guestId) =>
      host.perform('keepRunning', () => {
        const guest = host.guests.get(guestId);
        if (guest?.power === 'paused') host.haltGuest(guestId, 'running');
      }),
    resume: (guest, signal) =>
      host.perform('resume', () => {
        signal?.throwIfAborted();
        host.resumeGuest(guest);
      }),
  };
}

const isOn = (power?: GuestPower) => power === 'running' || power === 'paused';

function summary({ id, power, processId }: SimulatedGuest): GuestSummary {
  return processId === undefined ? { id, power } : { id, power, processId };
}

/** Nothing really runs, so that nothing is used, read or sent. */
function diagnose(host: SimulatedHypervisorHost, guestId: string): GuestDiagnostics | undefined {
  const guest = host.guests.get(guestId);
  if (!guest?.spec || guest.power === 'off' || guest.power === 'suspended') return undefined;
  const { vcpus, memoryMib, nics, disks } = guest.spec;
  const noTraffic = { octets: 0, packets: 0, errors: 0, dropped: 0 };
  const untouched = { readBytes: 0, readRequests: 0, writtenBytes: 0, writeRequests: 0 };
  return {
    state: guest.power,
    uptimeS: Math.floor((host.clock.nowMs() - guest.startedMs) / 1000),
    cpuTimesNs: Array.from({ length: vcpus }, () => 0),
    memoryMib,
    usedMemoryMib: 0,
    nics: nics.map(({ macAddress }, index) => ({
      macAddress,
      device: `vnet${index}`,
      received: noTraffic,
      sent: noTraffic,
    })),
    disks: disks.map(() => ({ ...untouched, errors: 0 })),
  };
}

async function waitForOff(
  host: SimulatedHypervisorHost,
  guestId: string,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<boolean> {
  signal?.throwIfAborted();
  const isOff = () => (host.guests.get(guestId)?.power ?? 'off') === 'off';
  if (isOff()) return true;
  const settled = new AbortController();
  const off = new Promise<boolean>((resolve) => {
    const end = host.listen((event) => {
      if (event.guestId === guestId && event.kind === 'stopped') resolve(true);
    });
    settled.signal.addEventListener('abort', end);
  });
  const wait = AbortSignal.any(signal ? [signal, settled.signal] : [settled.signal]);
  try {
    return await Promise.race([off, host.clock.sleep(timeoutMs, wait).then(isOff)]);
  } finally {
    settled.abort();
  }
}
