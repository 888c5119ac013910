import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import type { GuestEvent, GuestSpec, HypervisorDriver } from '#drivers/hypervisor/hypervisor.ts';
import { eventually } from '#test/eventually.ts';
import { agentPromises } from './agent-promises.ts';
import { cardPromises } from './card-promises.ts';
import { consolePromises } from './console-promises.ts';
import { diagnosticsPromises } from './diagnostics-promises.ts';
import { pausePromises } from './pause-promises.ts';
import { suspendPromises } from './suspend-promises.ts';

/**
 * `obedient` ends when its power button is pressed, `deaf` does not, `restarting` reboots,
 * `panicking` panics and says why, `recovering` panics and reboots. `beating` prints a dot at each
 * tick of its clock, and hears no button; `writing` does the same after it has written to its disk.
 */
export type Behaviour =
  | 'obedient'
  | 'deaf'
  | 'restarting'
  | 'panicking'
  | 'recovering'
  | 'beating'
  | 'writing';

/** A host for one test, seen from outside the driver. */
export interface HypervisorFixture extends AsyncDisposable {
  /** A driver on this host, as a new process of ours would open it. */
  open(): Promise<HypervisorDriver>;
  /** A guest with a new id that prints `greeting` on its console. */
  guest(behaviour: Behaviour): Promise<GuestSpec>;
  greeting: string;
  /** Processes that run the guest now. */
  processIds(guestId: string): number[];
  /** Ends the guest without asking the driver. */
  killFromOutside(guestId: string): void;
  /** Everything on the host that belongs to the guest, by name. */
  traces(guestId: string): string[];
}

export type ContractPromise = (fixture: HypervisorFixture) => Promise<void>;

/** What every hypervisor driver promises. */
export function hypervisorContract(
  name: string,
  makeFixture: () => Promise<HypervisorFixture>,
): void {
  const promise = (sentence: string, body: ContractPromise) =>
    test(sentence, async () => {
      await using fixture = await makeFixture();
      await body(fixture);
    });
  describe(`${name} hypervisor`, () => {
    for (const [sentence, body] of Object.entries(startingPromises)) promise(sentence, body);
    for (const [sentence, body] of Object.entries(cardPromises)) promise(sentence, body);
    for (const [sentence, body] of Object.entries(agentPromises)) promise(sentence, body);
    for (const [sentence, body] of Object.entries(endingPromises)) promise(sentence, body);
    for (const [sentence, body] of Object.entries(diagnosticsPromises)) promise(sentence, body);
    for (const [sentence, body] of Object.entries(pausePromises)) promise(sentence, body);
    for (const [sentence, body] of Object.entries(suspendPromises)) promise(sentence, body);
    for (const [sentence, body] of Object.entries(consolePromises)) promise(sentence, body);
    for (const [sentence, body] of Object.entries(adoptionPromises)) promise(sentence, body);
  });
}

const startingPromises: Record<string, ContractPromise> = {
  'a guest that is powered on runs and its console can be read': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    await driver.powerOn(guest);
    const summary = await driver.guest(guest.id);
    assert.equal(summary?.power, 'running');
    assert.deepEqual(fixture.processIds(guest.id), [summary?.processId]);
    await greeted(driver, fixture, guest);
    await driver.close();
  },

  'powering on twice gives one process': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    await driver.powerOn(guest);
    const before = fixture.processIds(guest.id);
    await driver.powerOn(guest);
    assert.equal(before.length, 1);
    assert.deepEqual(fixture.processIds(guest.id), before);
    await driver.close();
  },

  'guests are started side by side': async (fixture) => {
    const driver = await fixture.open();
    const guests = await Promise.all([fixture.guest('deaf'), fixture.guest('deaf')]);
    await Promise.all(guests.map((guest) => driver.powerOn(guest)));
    const ids = (await driver.guests()).map(({ id }) => id);
    assert.deepEqual(ids.sort(), guests.map(({ id }) => id).sort());
    await driver.close();
  },

  'a start that was called off before it began leaves nothing': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    const reason = new Error('called off');
    await assert.rejects(driver.powerOn(guest, AbortSignal.abort(reason)), reason);
    assert.deepEqual(fixture.processIds(guest.id), []);
    await driver.close();
  },

  'what is asked of an unknown guest does nothing': async (fixture) => {
    const driver = await fixture.open();
    const guestId = randomUUID();
    await driver.pressPowerButton(guestId);
    await driver.powerOff(guestId);
    await driver.remove(guestId);
    assert.equal(await driver.waitForOff(guestId, 1_000), true);
    assert.equal(await driver.guest(guestId), undefined);
    assert.equal(await driver.consoleOutput(guestId), '');
    assert.deepEqual(await driver.guests(), []);
    await driver.close();
  },
};

const endingPromises: Record<string, ContractPromise> = {
  'a guest that hears the power button goes off by itself': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('obedient');
    const events = recordEvents(driver);
    await driver.powerOn(guest);
    await greeted(driver, fixture, guest);
    await driver.pressPowerButton(guest.id);
    assert.equal(await driver.waitForOff(guest.id, 60_000), true);
    assert.deepEqual(await driver.guest(guest.id), { id: guest.id, power: 'off' });
    assert.deepEqual(events, [{ guestId: guest.id, kind: 'stopped', reason: 'guest-shutdown' }]);
    assert.deepEqual(fixture.processIds(guest.id), []);
    await driver.close();
  },

  'a guest that ignores the power button still runs at the deadline': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    await driver.powerOn(guest);
    await greeted(driver, fixture, guest);
    await driver.pressPowerButton(guest.id);
    assert.equal(await driver.waitForOff(guest.id, 100), false);
    assert.equal((await driver.guest(guest.id))?.power, 'running');
    await driver.close();
  },

  'waiting for a guest to go off can be called off': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    await driver.powerOn(guest);
    const calledOff = new AbortController();
    const waiting = driver.waitForOff(guest.id, 60_000, calledOff.signal);
    calledOff.abort(new Error('called off'));
    await assert.rejects(waiting, /called off/);
    await driver.close();
  },

  'powering off ends the guest at once and keeps its console': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    const events = recordEvents(driver);
    await driver.powerOn(guest);
    await greeted(driver, fixture, guest);
    await driver.powerOff(guest.id);
    assert.deepEqual(fixture.processIds(guest.id), []);
    assert.deepEqual(await driver.guest(guest.id), { id: guest.id, power: 'off' });
    assert.deepEqual(events, [{ guestId: guest.id, kind: 'stopped', reason: 'host-qmp-quit' }]);
    assert.ok((await driver.consoleOutput(guest.id)).includes(fixture.greeting));
    await driver.powerOff(guest.id);
    await driver.close();
  },

  'a guest that was off starts again and its console goes on': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    await driver.powerOn(guest);
    await greeted(driver, fixture, guest, 1);
    await driver.powerOff(guest.id);
    await driver.powerOn(guest);
    await greeted(driver, fixture, guest, 2);
    assert.equal(fixture.processIds(guest.id).length, 1);
    await driver.close();
  },

  'a guest that dies is told': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    const events = recordEvents(driver);
    await driver.powerOn(guest);
    fixture.killFromOutside(guest.id);
    await eventually('death told', () => events.length > 0);
    assert.deepEqual(events, [{ guestId: guest.id, kind: 'stopped', reason: 'died' }]);
    assert.equal((await driver.guest(guest.id))?.power, 'off');
    await driver.close();
  },

  'removing leaves nothing of a guest, running or not': async (fixture) => {
    const driver = await fixture.open();
    const guests = [await fixture.guest('deaf'), await fixture.guest('deaf')];
    for (const guest of guests) await driver.powerOn(guest);
    await driver.powerOff(guests[0]?.id ?? '');
    for (const guest of guests) {
      assert.notDeepEqual(fixture.traces(guest.id), []);
      await driver.remove(guest.id);
      assert.deepEqual(fixture.traces(guest.id), []);
      await driver.remove(guest.id);
    }
    assert.deepEqual(await driver.guests(), []);
    await driver.close();
  },

  'a listener that has unsubscribed is told nothing more': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    const events: GuestEvent[] = [];
    driver.onEvent((event) => events.push(event))();
    await driver.powerOn(guest);
    await driver.powerOff(guest.id);
    assert.deepEqual(events, []);
    await driver.close();
  },
};

const adoptionPromises: Record<string, ContractPromise> = {
  'guests outlive the driver, and the next one commands them': async (fixture) => {
    const first = await fixture.open();
    const guest = await fixture.guest('obedient');
    await first.powerOn(guest);
    await greeted(first, fixture, guest);
    const before = await first.guest(guest.id);
    await first.close();
    const second = await fixture.open();
    const events = recordEvents(second);
    assert.deepEqual(await second.guests(), [before]);
    await second.powerOn(guest);
    assert.deepEqual(fixture.processIds(guest.id), [before?.processId]);
    assert.ok((await second.consoleOutput(guest.id)).includes(fixture.greeting));
    await second.pressPowerButton(guest.id);
    assert.equal(await second.waitForOff(guest.id, 10_000), true);
    assert.equal(events[0]?.reason, 'guest-shutdown');
    await second.close();
  },

  'a guest that died unseen is known as off, with its console': async (fixture) => {
    const first = await fixture.open();
    const guest = await fixture.guest('deaf');
    await first.powerOn(guest);
    await greeted(first, fixture, guest);
    await first.close();
    fixture.killFromOutside(guest.id);
    await eventually('process gone', () => fixture.processIds(guest.id).length === 0);
    const second = await fixture.open();
    assert.deepEqual(await second.guests(), [{ id: guest.id, power: 'off' }]);
    assert.ok((await second.consoleOutput(guest.id)).includes(fixture.greeting));
    await second.remove(guest.id);
    assert.deepEqual(fixture.traces(guest.id), []);
    await second.close();
  },

  'closing disturbs no guest and tells no event': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    const events = recordEvents(driver);
    await driver.powerOn(guest);
    const before = fixture.processIds(guest.id);
    await driver.close();
    assert.deepEqual(fixture.processIds(guest.id), before);
    assert.deepEqual(events, []);
  },
};

export function recordEvents(driver: HypervisorDriver): GuestEvent[] {
  const events: GuestEvent[] = [];
  driver.onEvent((event) => events.push(event));
  return events;
}

/** Waits until the guest has printed its greeting so many times. */
export async function greeted(
  driver: HypervisorDriver,
  fixture: { greeting: string },
  guest: GuestSpec,
  times = 1,
): Promise<void> {
  await eventually(`${times} greetings on the console`, async () => {
    const text = await driver.consoleOutput(guest.id);
    return text.split(fixture.greeting).length > times;
  });
}
