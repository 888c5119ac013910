import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { VirtualClock } from '#base/virtual-clock.ts';
import type { GuestSpec } from '#drivers/hypervisor/hypervisor.ts';
import type { SimulatedMachines } from '#drivers/hypervisor/simulated/moves.ts';
import {
  createSimulatedHost,
  type SimulatedHypervisorHost,
} from '#drivers/hypervisor/simulated/simulated-host.ts';
import { type HypervisorFixture, hypervisorContract, recordEvents } from './contract.ts';
import { movingContract } from './moving-promises.ts';

function guestSpec(): GuestSpec {
  const id = randomUUID();
  return { id, instanceName: 'instance-00000001', vcpus: 1, memoryMib: 64, disks: [], nics: [] };
}

hypervisorContract('simulated', async () => fixtureOf(createSimulatedHost({ clock: systemClock })));

movingContract('simulated', async () => {
  const machines: SimulatedMachines = new Map();
  const [left, right] = ['left', 'right'].map(() =>
    fixtureOf(createSimulatedHost({ clock: systemClock, machines })),
  );
  if (!left || !right) throw new Error('two hosts');
  return {
    left,
    right,
    twin: async (guest) => guest,
    [Symbol.asyncDispose]: async () => undefined,
  };
});

function fixtureOf(host: SimulatedHypervisorHost): HypervisorFixture {
  return {
    open: async () => host.openHypervisor(),
    guest: async (behaviour) => {
      const guest = guestSpec();
      if (behaviour === 'deaf') host.ignorePowerButton(guest.id);
      return guest;
    },
    greeting: 'instance-00000001 login:',
    processIds: (guestId) => {
      const processId = host.guests.get(guestId)?.processId;
      return processId === undefined ? [] : [processId];
    },
    killFromOutside: (guestId) => host.endGuest(guestId),
    traces: (guestId) => (host.guests.has(guestId) ? [guestId] : []),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

test('a fault before the act changes nothing, one after it loses the answer', async () => {
  const host = createSimulatedHost({ clock: new VirtualClock() });
  const driver = host.openHypervisor();
  const guest = guestSpec();
  host.failNext('powerOn');
  await assert.rejects(driver.powerOn(guest), /simulated failure of powerOn/);
  assert.equal(await driver.guest(guest.id), undefined);
  host.failNext('powerOn', { when: 'after' });
  await assert.rejects(driver.powerOn(guest), /simulated failure of powerOn/);
  assert.equal((await driver.guest(guest.id))?.power, 'running');
  await driver.powerOn(guest);
  assert.equal(host.calls.get('powerOn'), 3);
});

test('waiting for a deaf guest passes no real time on a virtual clock', async () => {
  const clock = new VirtualClock();
  const host = createSimulatedHost({ clock });
  const driver = host.openHypervisor();
  const guest = guestSpec();
  host.ignorePowerButton(guest.id);
  await driver.powerOn(guest);
  const waiting = driver.waitForOff(guest.id, 3_600_000);
  await new Promise((resolve) => setImmediate(resolve));
  await clock.advance(3_600_000);
  assert.equal(await waiting, false);
});

test('a simulated guest reboots and prints when it is told to', async () => {
  const host = createSimulatedHost({ clock: new VirtualClock() });
  const driver = host.openHypervisor();
  const events = recordEvents(driver);
  const guest = guestSpec();
  await driver.powerOn(guest);
  host.resetGuest(guest.id);
  host.writeConsole(guest.id, 'second line\r\n');
  assert.deepEqual(events, [{ guestId: guest.id, kind: 'reset', reason: 'guest-reset' }]);
  assert.match(await driver.consoleOutput(guest.id), /login: second line/);
});
