import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { truncate, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '#base/process.ts';
import { eventually } from '#test/eventually.ts';
import { bootDisk, greeting, lastWords } from './boot-sector.ts';
import { greeted, recordEvents } from './contract.ts';
import { makeQemuFixture } from './qemu-fixture.ts';

for (const isWatched of [true, false]) {
  const whom = isWatched ? 'a driver that adopted it' : 'the driver that finds it so';
  test(`a guest that panics is told to ${whom}, and may say why first`, async () => {
    await using fixture = await makeQemuFixture();
    const first = await fixture.open();
    const guest = await fixture.guest('panicking');
    await first.powerOn(guest);
    await greeted(first, fixture, guest);
    await first.close();
    if (!isWatched) await panicUnwatched(join(fixture.guestFolder(guest.id), 'run/qmp.sock'));
    const second = await fixture.open();
    const events = recordEvents(second);
    if (isWatched) await second.pressPowerButton(guest.id);
    const hasEnded = () => events.length > 0;
    await eventually('the panic is told', hasEnded);
    assert.deepEqual(events, [{ guestId: guest.id, kind: 'stopped', reason: 'guest-panic' }]);
    assert.deepEqual(await second.guest(guest.id), { id: guest.id, power: 'off' });
    assert.match(await second.consoleOutput(guest.id), new RegExp(`${lastWords}$`));
  });
}

test('a guest that panics and reboots by itself runs on', async () => {
  await using fixture = await makeQemuFixture();
  const driver = await fixture.open();
  const events = recordEvents(driver);
  const guest = await fixture.guest('recovering');
  await driver.powerOn(guest);
  await greeted(driver, fixture, guest);
  await driver.pressPowerButton(guest.id);
  await eventually('it reboots', () => events.length > 0);
  assert.deepEqual(events, [{ guestId: guest.id, kind: 'reset', reason: 'guest-reset' }]);
  const greetings = async () => (await driver.consoleOutput(guest.id)).split(greeting).length - 1;
  await eventually('it greets again', async () => (await greetings()) === 2);
  assert.equal((await driver.guest(guest.id))?.power, 'running');
});

/** Presses the button while no driver is there, and waits for what QEMU says of the panic. */
async function panicUnwatched(socketPath: string): Promise<void> {
  const socket = connect(socketPath);
  socket.write('{"execute":"qmp_capabilities"}\n{"execute":"system_powerdown"}\n');
  for await (const chunk of socket) if (String(chunk).includes('GUEST_PANICKED')) break;
}

test('a guest that was adopted and is killed is told', async () => {
  await using fixture = await makeQemuFixture();
  const first = await fixture.open();
  const guest = await fixture.guest('deaf');
  await first.powerOn(guest);
  await first.close();
  const second = await fixture.open();
  const events = recordEvents(second);
  fixture.killFromOutside(guest.id);
  await eventually('the death is told', () => events.length > 0);
  assert.deepEqual(events, [{ guestId: guest.id, kind: 'stopped', reason: 'died' }]);
});

test('a guest whose disk is full stands still, says why, and goes on later', async () => {
  await using fixture = await makeQemuFixture();
  const driver = await fixture.open();
  const events = recordEvents(driver);
  const folder = join(fixture.stateFolder, 'small');
  await run('mkdir', [folder]);
  await run('mount', ['-t', 'tmpfs', '-o', 'size=64k', `test-${randomUUID()}`, folder]);
  try {
    const path = join(folder, 'disk.raw');
    await writeFile(path, bootDisk('writing').subarray(0, 4096), { mode: 0o600 });
    await truncate(path, 1024 * 1024);
    const filler = join(folder, 'filler');
    await writeFile(filler, Buffer.alloc(64 * 1024)).catch(() => undefined);
    const location = { kind: 'file', path, format: 'raw', readOnly: false, backing: [] } as const;
    const guest = fixture.guestOver([{ role: 'root', location: { ...location, backing: [] } }]);
    await driver.powerOn(guest);
    await eventually('it stands still', () => events.length > 0);
    assert.deepEqual(events, [{ guestId: guest.id, kind: 'paused', reason: 'io-error' }]);
    assert.equal((await driver.guest(guest.id))?.power, 'paused');
    await truncate(filler, 0);
    await driver.unpause(guest.id);
    await eventually('it beats', async () => (await driver.consoleOutput(guest.id)).includes('..'));
    await driver.powerOff(guest.id);
  } finally {
    await run('umount', ['--lazy', folder]);
  }
});
