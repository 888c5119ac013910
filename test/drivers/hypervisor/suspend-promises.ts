import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type ContractPromise, greeted } from './contract.ts';

/** What every hypervisor driver promises of guests whose memory is on the disk. */
export const suspendPromises: Record<string, ContractPromise> = {
  'a suspended guest has no process, also for the next driver, and goes on': async (fixture) => {
    const first = await fixture.open();
    const guest = await fixture.guest('obedient');
    await first.powerOn(guest);
    await greeted(first, fixture, guest);
    await first.suspend(guest.id);
    await first.suspend(guest.id);
    assert.deepEqual(fixture.processIds(guest.id), []);
    await first.close();
    const second = await fixture.open();
    assert.deepEqual(await second.guests(), [{ id: guest.id, power: 'suspended' }]);
    await second.resume(guest);
    await second.resume(guest);
    assert.equal((await second.guest(guest.id))?.power, 'running');
    assert.equal(fixture.processIds(guest.id).length, 1);
    await second.pressPowerButton(guest.id);
    assert.equal(await second.waitForOff(guest.id, 10_000), true);
    // It greeted once: it went on and did not begin again.
    assert.equal((await second.consoleOutput(guest.id)).split(fixture.greeting).length, 2);
    await assert.rejects(second.resume(guest), /nothing was kept/);
    await second.close();
  },

  'starting a suspended guest, or powering it off, forgets what was kept': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    await driver.powerOn(guest);
    await greeted(driver, fixture, guest, 1);
    await driver.suspend(guest.id);
    await driver.powerOn(guest);
    await greeted(driver, fixture, guest, 2);
    await driver.suspend(guest.id);
    await driver.powerOff(guest.id);
    assert.deepEqual(await driver.guest(guest.id), { id: guest.id, power: 'off' });
    await assert.rejects(driver.resume(guest), /nothing was kept/);
    await driver.suspend(guest.id).then(
      () => assert.fail('it is off'),
      (error: Error) => assert.match(error.message, /the guest is off/),
    );
    await driver.close();
  },

  'a suspended guest is removed with all that was kept': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    await driver.powerOn(guest);
    await driver.suspend(guest.id);
    await driver.remove(guest.id);
    assert.deepEqual(fixture.traces(guest.id), []);
    await driver.close();
  },

  'a suspension that is called off leaves a guest that runs': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    await driver.powerOn(guest);
    const reason = new Error('called off');
    await assert.rejects(driver.suspend(guest.id, AbortSignal.abort(reason)), reason);
    await driver.keepRunning(guest.id);
    assert.equal((await driver.guest(guest.id))?.power, 'running');
    await driver.keepRunning(randomUUID());
    await driver.close();
  },
};
