import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { userNic } from './card-promises.ts';
import type { ContractPromise } from './contract.ts';

/** What every hypervisor driver promises of the figures of its guests. */
export const diagnosticsPromises: Record<string, ContractPromise> = {
  'a guest that runs tells figures of each of its parts': async (fixture) => {
    const driver = await fixture.open();
    const guest = { ...(await fixture.guest('deaf')), nics: [userNic(1)] };
    await driver.powerOn(guest);
    await driver.attachNic(guest.id, userNic(2));
    const found = await driver.diagnostics(guest.id);
    assert.ok(found);
    assert.equal(found.state, 'running');
    assert.ok(found.uptimeS >= 0 && found.uptimeS < 60);
    assert.equal(found.memoryMib, guest.memoryMib);
    assert.ok(found.usedMemoryMib >= 0);
    assert.equal(found.cpuTimesNs.length, guest.vcpus);
    assert.ok(found.cpuTimesNs.every((ns) => Number.isSafeInteger(ns) && ns >= 0));
    assert.equal(found.disks.length, guest.disks.length);
    const addresses = found.nics.map(({ macAddress }) => macAddress).sort();
    assert.deepEqual(addresses, [userNic(1).macAddress, userNic(2).macAddress]);
    await driver.close();
  },

  'a guest that is off or unknown has no figures': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    await driver.powerOn(guest);
    await driver.powerOff(guest.id);
    assert.equal(await driver.diagnostics(guest.id), undefined);
    assert.equal(await driver.diagnostics(randomUUID()), undefined);
    await driver.close();
  },

  'a host tells how long it runs in one line': async (fixture) => {
    const driver = await fixture.open();
    const number = '\\d+\\.\\d\\d';
    const form = ` \\d\\d:\\d\\d:\\d\\d up \\d+ days?, \\d+:\\d\\d, 0 users,  load average: `;
    const line = new RegExp(`^${form}${number}, ${number}, ${number}$`);
    assert.match(await driver.hostUptime(), line);
    await driver.close();
  },
};
