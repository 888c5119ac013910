import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { GuestSpec } from '#drivers/hypervisor/hypervisor.ts';
import { eventually } from '#test/eventually.ts';
import { greeted } from './contract.ts';
import { makeQemuFixture, type QemuFixture } from './qemu-fixture.ts';

const program = fileURLToPath(new URL('./power-on-and-wait.ts', import.meta.url));

function powerOnElsewhere(fixture: QemuFixture, guest: GuestSpec): ChildProcess {
  const args = [program, fixture.stateFolder, JSON.stringify(guest)];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

type Moment = (fixture: QemuFixture, guest: GuestSpec) => boolean;

/** Where in a start we are killed, by what can be seen on the host. */
const moments: Record<string, Moment> = {
  'as soon as the start is written down': (fixture, guest) =>
    existsSync(join(fixture.guestFolder(guest.id), 'guest.json')),
  'as soon as there is a process': (fixture, guest) => fixture.processIds(guest.id).length > 0,
  'as soon as QEMU listens': (fixture, guest) =>
    existsSync(join(fixture.guestFolder(guest.id), 'run', 'qmp.sock')),
};

for (const [when, moment] of Object.entries(moments)) {
  test(`killed ${when}, the start is repeated and gives one process`, async () => {
    await using fixture = await makeQemuFixture();
    // The probe is done beforehand: it is the start that is watched.
    await (await fixture.open()).close();
    const guest = await fixture.guest('obedient');
    const child = powerOnElsewhere(fixture, guest);
    await eventually(when, () => moment(fixture, guest));
    child.kill('SIGKILL');
    await once(child, 'exit');
    const driver = await fixture.open();
    await driver.powerOn(guest);
    await greeted(driver, fixture, guest);
    assert.equal(fixture.processIds(guest.id).length, 1);
    await driver.remove(guest.id);
    assert.deepEqual(fixture.traces(guest.id), []);
  });
}

test('a state folder that another process has open is refused, and its guests run on', async () => {
  await using fixture = await makeQemuFixture();
  const guest = await fixture.guest('deaf');
  const child = powerOnElsewhere(fixture, guest);
  assert.ok(child.stdout);
  await once(child.stdout, 'data');
  await assert.rejects(fixture.open(), new RegExp(`process ${child.pid} already runs`));
  assert.equal(fixture.processIds(guest.id).length, 1);
  child.kill('SIGKILL');
  await once(child, 'exit');
});

test('killed when the guest runs, it runs on and is adopted', async () => {
  await using fixture = await makeQemuFixture();
  const guest = await fixture.guest('obedient');
  const child = powerOnElsewhere(fixture, guest);
  assert.ok(child.stdout);
  await once(child.stdout, 'data');
  const before = fixture.processIds(guest.id);
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.equal(before.length, 1);
  const driver = await fixture.open();
  assert.deepEqual(await driver.guests(), [
    { id: guest.id, power: 'running', processId: before[0] ?? 0 },
  ]);
  await greeted(driver, fixture, guest);
  await driver.pressPowerButton(guest.id);
  assert.equal(await driver.waitForOff(guest.id, 10_000), true);
});
