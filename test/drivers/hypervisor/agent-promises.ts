import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { ContractPromise } from './contract.ts';

/** What every hypervisor driver promises of the agent inside a guest. */
export const agentPromises: Record<string, ContractPromise> = {
  'a guest that does not run cannot be given a password': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    await driver.powerOn(guest);
    await driver.pause(guest.id);
    await assert.rejects(driver.setPassword(guest.id, 'root', 'geheim'), /the guest stands still/);
    await driver.powerOff(guest.id);
    for (const id of [guest.id, randomUUID()]) {
      await assert.rejects(driver.setPassword(id, 'root', 'geheim'), /the guest is off/);
    }
    await driver.close();
  },

  'to thaw a guest that nobody can have frozen is nothing': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    await driver.powerOn(guest);
    await driver.pause(guest.id);
    await driver.thaw(guest.id);
    assert.equal((await driver.guest(guest.id))?.power, 'paused');
    await driver.powerOff(guest.id);
    for (const id of [guest.id, randomUUID()]) await driver.thaw(id);
    await driver.close();
  },
};
