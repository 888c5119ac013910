import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { GuestNic } from '#drivers/hypervisor/hypervisor.ts';
import type { ContractPromise } from './contract.ts';

/** A card as it is for guests that have a network of their own in their process. */
export function userNic(host: number): GuestNic {
  return {
    portId: randomUUID(),
    macAddress: `fa:16:3e:00:00:0${host}`,
    attachment: {
      kind: 'user',
      subnetCidr: '10.99.0.0/24',
      gateway: '10.99.0.1',
      address: `10.99.0.1${host}`,
      dns: [],
    },
  };
}

/** What every hypervisor driver promises of network cards that come and go. */
export const cardPromises: Record<string, ContractPromise> = {
  'a guest that runs is given a card once, however often it is asked': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    await driver.powerOn(guest);
    const nic = userNic(1);
    await driver.attachNic(guest.id, nic);
    await driver.attachNic(guest.id, nic);
    await driver.attachNic(guest.id, userNic(2));
    assert.equal((await driver.guest(guest.id))?.power, 'running');
    await driver.close();
  },

  'a card that it was started with is not given again': async (fixture) => {
    const driver = await fixture.open();
    const nic = userNic(1);
    const guest = { ...(await fixture.guest('deaf')), nics: [nic] };
    await driver.powerOn(guest);
    await driver.attachNic(guest.id, nic);
    await driver.close();
  },

  'cards of a guest that is off, or that has no such card, are no business': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    await driver.attachNic(guest.id, userNic(1));
    await driver.detachNic(guest.id, randomUUID());
    await driver.powerOn(guest);
    await driver.detachNic(guest.id, randomUUID());
    await driver.powerOff(guest.id);
    await driver.attachNic(guest.id, userNic(1));
    assert.equal((await driver.guest(guest.id))?.power, 'off');
    await driver.close();
  },
};
