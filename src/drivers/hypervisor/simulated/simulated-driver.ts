import type { GuestSummary, HypervisorDriver, HypervisorFacts } from '../hypervisor.ts';
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
    powerOff: (guestId) => host.perform('powerOff', () => host.endGuest(guestId, 'host-qmp-quit')),
    remove: (guestId) => host.perform('remove', () => host.removeGuest(guestId)),
    guest: (guestId) =>
      host.perform('guest', () => {
        const guest = host.guests.get(guestId);
        return guest && summary(guest);
      }),
    guests: () => host.perform('guests', () => [...host.guests.values()].map(summary)),
    consoleOutput: (guestId) =>
      host.perform('consoleOutput', () => host.guests.get(guestId)?.console ?? ''),
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

function summary({ id, power, processId }: SimulatedGuest): GuestSummary {
  return processId === undefined ? { id, power } : { id, power, processId };
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
