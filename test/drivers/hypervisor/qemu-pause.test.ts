import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as passes } from 'node:timers/promises';
import type { HypervisorDriver } from '#drivers/hypervisor/hypervisor.ts';
import { eventually } from '#test/eventually.ts';
import { interrupted } from './boot-sector.ts';
import { makeQemuFixture } from './qemu-fixture.ts';

/** So long the clock of the guest ticks about nine times. */
const halfASecondMs = 500;

async function beatsOf(driver: HypervisorDriver, guestId: string): Promise<number> {
  return (await driver.consoleOutput(guestId)).split('.').length - 1;
}

test('the vCPUs of a paused guest stand still, and go on afterwards', async () => {
  await using fixture = await makeQemuFixture();
  const driver = await fixture.open();
  const guest = await fixture.guest('beating');
  await driver.powerOn(guest);
  await eventually('it beats', async () => (await beatsOf(driver, guest.id)) > 3);
  await driver.pause(guest.id);
  const before = await beatsOf(driver, guest.id);
  await passes(halfASecondMs);
  assert.equal(await beatsOf(driver, guest.id), before);
  await driver.unpause(guest.id);
  await eventually('it goes on', async () => (await beatsOf(driver, guest.id)) > before + 3);
});

test('an interrupt that cannot be masked reaches the guest', async () => {
  await using fixture = await makeQemuFixture();
  const driver = await fixture.open();
  const guest = await fixture.guest('beating');
  await driver.powerOn(guest);
  await eventually('it beats', async () => (await beatsOf(driver, guest.id)) > 3);
  assert.ok(!(await driver.consoleOutput(guest.id)).includes(`.${interrupted}`));
  await driver.injectNmi(guest.id);
  await eventually('it is interrupted', async () =>
    (await driver.consoleOutput(guest.id)).includes(`.${interrupted}`),
  );
});
