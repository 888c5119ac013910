import assert from 'node:assert/strict';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { HypervisorDriver } from '#drivers/hypervisor/hypervisor.ts';
import { eventually } from '#test/eventually.ts';
import { userNic } from './card-promises.ts';
import { makeQemuFixture } from './qemu-fixture.ts';

async function beatsOf(driver: HypervisorDriver, guestId: string): Promise<number> {
  return (await driver.consoleOutput(guestId)).split('.').length - 1;
}

async function beatsOn(driver: HypervisorDriver, guestId: string, after = 0): Promise<void> {
  await eventually('it beats', async () => (await beatsOf(driver, guestId)) > after + 3);
}

test('a guest goes on from the disk with the cards that came while it ran', async () => {
  await using fixture = await makeQemuFixture();
  const driver = await fixture.open();
  const [first, second, third] = [userNic(1), userNic(2), userNic(3)];
  const guest = { ...(await fixture.guest('beating')), nics: [first, second] };
  await driver.powerOn(guest);
  await beatsOn(driver, guest.id);
  await driver.attachNic(guest.id, third);
  const wired = { ...guest, nics: [first, second, third] };
  for (const _ of ['once', 'and again']) {
    const before = await beatsOf(driver, guest.id);
    await driver.suspend(guest.id);
    assert.deepEqual(fixture.processIds(guest.id), []);
    await driver.resume(wired);
    assert.equal((await driver.diagnostics(guest.id))?.nics.length, 3);
    await beatsOn(driver, guest.id, before);
  }
  const console = await driver.consoleOutput(guest.id);
  assert.equal(console.split(fixture.greeting).length, 2);
});

test('the memory is ours alone to read, and gone from the disk once the guest runs', async () => {
  await using fixture = await makeQemuFixture();
  const driver = await fixture.open();
  const guest = await fixture.guest('beating');
  await driver.powerOn(guest);
  await driver.suspend(guest.id);
  const folder = fixture.guestFolder(guest.id);
  const { mode, uid } = await stat(join(folder, 'memory.saved'));
  assert.deepEqual([mode & 0o777, uid], [0o600, process.getuid?.()]);
  await driver.resume(guest);
  const left = (await readdir(folder)).filter((name) => /memory|hardware/.test(name));
  assert.deepEqual(left, []);
  assert.deepEqual(await readdir(join(folder, 'run')), [
    ...['agent.sock', 'qmp.sock', 'serial.sock', 'vnc.sock'],
  ]);
});

test('a guest whose memory was spoilt stays suspended, and says why', async () => {
  await using fixture = await makeQemuFixture();
  const driver = await fixture.open();
  const guest = await fixture.guest('beating');
  const wired = { ...guest, nics: [userNic(1)] };
  await driver.powerOn(wired);
  await beatsOn(driver, guest.id);
  await driver.suspend(guest.id);
  await assert.rejects(driver.resume(guest), /network card of port .* is gone/);
  assert.equal((await driver.guest(guest.id))?.power, 'suspended');
  const path = join(fixture.guestFolder(guest.id), 'hardware.json');
  const hardware = await readFile(path, 'utf8');
  await writeFile(path, hardware.replace('"32"', '"48"'));
  await assert.rejects(driver.resume(wired), /could not be moved/);
  assert.equal((await driver.guest(guest.id))?.power, 'suspended');
  assert.deepEqual(fixture.processIds(guest.id), []);
  await writeFile(path, hardware);
  await driver.resume(wired);
  await beatsOn(driver, guest.id, await beatsOf(driver, guest.id));
});
