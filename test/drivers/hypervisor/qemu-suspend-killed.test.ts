import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { GuestSpec, HypervisorDriver } from '#drivers/hypervisor/hypervisor.ts';
import { eventually } from '#test/eventually.ts';
import { makeQemuFixture, type QemuFixture } from './qemu-fixture.ts';

const program = fileURLToPath(new URL('./ask-and-wait.ts', import.meta.url));

type Verb = 'suspend' | 'resume';

/** When we are killed, by what can be seen on the host. */
const moments: { verb: Verb; when: string; file: string | null; isGone?: boolean }[] = [
  { verb: 'suspend', when: 'as soon as it begins', file: null },
  { verb: 'suspend', when: 'while the memory is written', file: 'memory.next' },
  { verb: 'suspend', when: 'as soon as the memory is whole', file: 'memory.saved' },
  { verb: 'resume', when: 'as soon as it begins', file: null },
  { verb: 'resume', when: 'as soon as QEMU listens', file: join('run', 'qmp.sock') },
  { verb: 'resume', when: 'as soon as the memory is taken', file: 'memory.saved', isGone: true },
];

async function beatsOf(driver: HypervisorDriver, guestId: string): Promise<number> {
  return (await driver.consoleOutput(guestId)).split('.').length - 1;
}

async function beatsOn(driver: HypervisorDriver, guestId: string): Promise<void> {
  const before = await beatsOf(driver, guestId);
  await eventually('it beats', async () => (await beatsOf(driver, guestId)) > before + 3);
}

function askElsewhere(fixture: QemuFixture, guest: GuestSpec, verb: Verb): ChildProcess {
  const args = [program, fixture.stateFolder, verb, JSON.stringify(guest)];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Also when it is done before the moment was seen: what is promised afterwards is the same. */
async function killAt(child: ChildProcess, moment: () => boolean): Promise<void> {
  let said = '';
  child.stdout?.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  await eventually('it begins', () => said.includes('begins'));
  await eventually('the moment', () => moment() || said.includes('done'));
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function prepare(fixture: QemuFixture, verb: Verb): Promise<GuestSpec> {
  const driver = await fixture.open();
  const guest = await fixture.guest('beating');
  await driver.powerOn(guest);
  await beatsOn(driver, guest.id);
  if (verb === 'resume') await driver.suspend(guest.id);
  await driver.close();
  return guest;
}

for (const { verb, when, file, isGone = false } of moments) {
  test(`killed ${when}, ${verb} is repeated and the guest goes on where it was`, async () => {
    await using fixture = await makeQemuFixture();
    const guest = await prepare(fixture, verb);
    const child = askElsewhere(fixture, guest, verb);
    await killAt(child, () => {
      return file === null || existsSync(join(fixture.guestFolder(guest.id), file)) !== isGone;
    });
    const driver = await fixture.open();
    if (verb === 'suspend') {
      await driver.suspend(guest.id);
      assert.deepEqual(await driver.guests(), [{ id: guest.id, power: 'suspended' }]);
      assert.deepEqual(fixture.processIds(guest.id), []);
    }
    await driver.resume(guest);
    await beatsOn(driver, guest.id);
    assert.equal(fixture.processIds(guest.id).length, 1);
    assert.equal((await driver.consoleOutput(guest.id)).split(fixture.greeting).length, 2);
    await driver.remove(guest.id);
    assert.deepEqual(fixture.traces(guest.id), []);
  });
}

test('a killed suspension is undone, and the guest goes on in its process', async () => {
  await using fixture = await makeQemuFixture();
  const guest = await prepare(fixture, 'suspend');
  const pids = fixture.processIds(guest.id);
  const child = askElsewhere(fixture, guest, 'suspend');
  await killAt(child, () => existsSync(join(fixture.guestFolder(guest.id), 'memory.next')));
  const driver = await fixture.open();
  await driver.keepRunning(guest.id);
  await beatsOn(driver, guest.id);
  assert.deepEqual(fixture.processIds(guest.id), pids);
});
