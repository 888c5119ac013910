import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { GuestEvent } from '#drivers/hypervisor/hypervisor.ts';
import type { ContractPromise } from './contract.ts';

/** Long enough for a guest that runs to use its processor. */
const whileMs = 200;

/** What every hypervisor driver promises of guests that stand still. */
export const pausePromises: Record<string, ContractPromise> = {
  'a paused guest does not use its processor, and goes on in the same process': async (fixture) => {
    const driver = await fixture.open();
    const events: GuestEvent[] = [];
    driver.onEvent((event) => events.push(event));
    const guest = await fixture.guest('restarting');
    await driver.powerOn(guest);
    const processes = fixture.processIds(guest.id);
    await driver.pause(guest.id);
    await driver.pause(guest.id);
    assert.equal((await driver.guest(guest.id))?.power, 'paused');
    const before = (await driver.diagnostics(guest.id))?.cpuTimesNs;
    assert.equal(await driver.waitForOff(guest.id, whileMs), false);
    assert.deepEqual((await driver.diagnostics(guest.id))?.cpuTimesNs, before);
    await driver.unpause(guest.id);
    await driver.unpause(guest.id);
    assert.equal((await driver.guest(guest.id))?.power, 'running');
    assert.deepEqual(fixture.processIds(guest.id), processes);
    const kinds = events.map(({ kind }) => kind).filter((kind) => kind !== 'reset');
    assert.deepEqual(kinds, ['paused', 'resumed']);
    await driver.close();
  },

  'a paused guest is found paused by the next driver, and ends when told': async (fixture) => {
    const first = await fixture.open();
    const guest = await fixture.guest('deaf');
    await first.powerOn(guest);
    await first.pause(guest.id);
    await first.close();
    const second = await fixture.open();
    assert.equal((await second.guest(guest.id))?.power, 'paused');
    await second.powerOff(guest.id);
    assert.deepEqual(fixture.processIds(guest.id), []);
    await second.close();
  },

  'a guest that is off or unknown cannot be paused': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    await driver.powerOn(guest);
    await driver.powerOff(guest.id);
    for (const id of [guest.id, randomUUID()]) {
      await assert.rejects(driver.pause(id), /the guest is off/);
      await assert.rejects(driver.unpause(id), /the guest is off/);
    }
    await driver.close();
  },
};
