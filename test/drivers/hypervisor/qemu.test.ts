import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Clock, systemClock } from '#base/clock.ts';
import { silentLog } from '#base/log.ts';
import { run } from '#base/process.ts';
import { openQemuDriver } from '#drivers/hypervisor/qemu/driver.ts';
import { eventually } from '#test/eventually.ts';
import { bootDisk } from './boot-sector.ts';
import { greeted, hypervisorContract, recordEvents } from './contract.ts';
import { makeQemuFixture, processStatus } from './qemu-fixture.ts';

hypervisorContract('qemu', () => makeQemuFixture());

test('a guest is a process without root, privileges or free choice of system calls', async () => {
  await using fixture = await makeQemuFixture();
  const driver = await fixture.open();
  assert.deepEqual(driver.facts.losses.slice(1), []);
  const guests = [await fixture.guest('deaf'), await fixture.guest('deaf')];
  for (const guest of guests) await driver.powerOn(guest);
  const pids = guests.map((guest) => fixture.processIds(guest.id)[0] ?? 0);
  for (const pid of pids) {
    const ids = new Set(`${processStatus(pid, 'Uid')}\t${processStatus(pid, 'Gid')}`.split('\t'));
    assert.equal(ids.size, 1);
    assert.ok(Number([...ids][0]) >= 1_900_000_000);
    assert.equal(processStatus(pid, 'Groups'), '');
    assert.equal(processStatus(pid, 'NoNewPrivs'), '1');
    assert.equal(processStatus(pid, 'Seccomp'), '2');
    assert.match(processStatus(pid, 'CapEff') + processStatus(pid, 'CapBnd'), /^0+$/);
    const limits = readFileSync(`/proc/${pid}/limits`, 'latin1');
    assert.match(limits, /^Max file size +[0-9]+ /m);
    assert.match(limits, /^Max core file size +0 /m);
  }
  assert.equal(new Set(pids.map((pid) => processStatus(pid, 'Uid'))).size, 2);
});

test('a guest keeps its user over restarts, and its files stay ours', async () => {
  await using fixture = await makeQemuFixture();
  const driver = await fixture.open();
  const guest = await fixture.guest('deaf');
  await driver.powerOn(guest);
  const user = processStatus(fixture.processIds(guest.id)[0] ?? 0, 'Uid');
  await driver.powerOff(guest.id);
  await driver.close();
  const next = await fixture.open();
  await next.powerOn(guest);
  assert.equal(processStatus(fixture.processIds(guest.id)[0] ?? 0, 'Uid'), user);
  const { location } = guest.disks[0] ?? {};
  const disk = location?.kind === 'file' ? location.path : '';
  for (const path of [disk, join(fixture.guestFolder(guest.id), 'run')]) {
    const facts = await stat(path);
    assert.equal(facts.uid, 0);
    assert.equal(facts.mode & 0o022, 0);
  }
  await next.remove(guest.id);
});

test('a state folder may lie deeper than a UNIX socket path may be long', async () => {
  await using fixture = await makeQemuFixture(join('d'.repeat(100), 'e'.repeat(100)));
  const driver = await fixture.open();
  const guest = await fixture.guest('deaf');
  await driver.powerOn(guest);
  await greeted(driver, fixture, guest);
  await driver.powerOff(guest.id);
});

test('no folder above the guest has to be open to its user', async () => {
  await using fixture = await makeQemuFixture();
  await chmod(fixture.stateFolder, 0o700);
  await chmod(join(fixture.stateFolder, '..'), 0o700);
  const driver = await fixture.open();
  const guest = await fixture.guest('deaf');
  await driver.powerOn(guest);
  await greeted(driver, fixture, guest);
});

test('a guest that reboots by itself is told as a reset and goes on', async () => {
  await using fixture = await makeQemuFixture();
  const driver = await fixture.open();
  const guest = await fixture.guest('restarting');
  const events = recordEvents(driver);
  await driver.powerOn(guest);
  await greeted(driver, fixture, guest, 1);
  const pids = fixture.processIds(guest.id);
  await driver.pressPowerButton(guest.id);
  await greeted(driver, fixture, guest, 2);
  await eventually('reset told', () => events.length > 0);
  // The firmware may answer the guest's reset by a second one of its own.
  for (const { kind, reason } of events) assert.equal(`${kind} ${reason}`, 'reset guest-reset');
  assert.deepEqual(fixture.processIds(guest.id), pids);
});

test('a guest boots from a qcow2 overlay and a config drive beside it', async () => {
  await using fixture = await makeQemuFixture();
  const driver = await fixture.open();
  const base = join(fixture.stateFolder, 'base.raw');
  const overlay = join(fixture.stateFolder, 'overlay.qcow2');
  const drive = join(fixture.stateFolder, 'config.iso');
  await writeFile(base, bootDisk('obedient'), { mode: 0o600 });
  await writeFile(drive, Buffer.alloc(1024 * 1024), { mode: 0o600 });
  const create = ['create', '-q', '-f', 'qcow2', '-b', base, '-F', 'raw', overlay, '64M'];
  await run('qemu-img', create);
  const file = { kind: 'file', readOnly: false } as const;
  const guest = fixture.guestOver([
    { role: 'root', location: { ...file, path: overlay, format: 'qcow2', backing: [base] } },
    {
      role: 'config-drive',
      location: { ...file, path: drive, format: 'raw', readOnly: true, backing: [] },
    },
  ]);
  await driver.powerOn(guest);
  await greeted(driver, fixture, guest);
  await driver.pressPowerButton(guest.id);
  assert.equal(await driver.waitForOff(guest.id, 10_000), true);
});

test('an image that names a file nobody spoke of is not started', async () => {
  await using fixture = await makeQemuFixture();
  const driver = await fixture.open();
  const base = join(fixture.stateFolder, 'base.raw');
  const overlay = join(fixture.stateFolder, 'overlay.qcow2');
  await writeFile(base, bootDisk('deaf'));
  await run('qemu-img', ['create', '-q', '-f', 'qcow2', '-b', base, '-F', 'raw', overlay, '64M']);
  const location = { kind: 'file', path: overlay, format: 'qcow2', readOnly: false } as const;
  const guest = fixture.guestOver([{ role: 'root', location: { ...location, backing: [] } }]);
  await assert.rejects(driver.powerOn(guest), /backing file too many/);
  assert.deepEqual(fixture.processIds(guest.id), []);
});

test('a start that fails says what QEMU complained about and leaves no process', async () => {
  await using fixture = await makeQemuFixture();
  const driver = await fixture.open();
  const guest = await fixture.guest('deaf');
  guest.nics.push({
    portId: randomUUID(),
    macAddress: 'fa:16:3e:00:00:01',
    attachment: { kind: 'user', subnetCidr: '10.0.0.0/24', gateway: 'x', address: 'y', dns: [] },
  });
  await assert.rejects(driver.powerOn(guest), /QEMU did not start: exit code 1: .*host/s);
  assert.deepEqual(fixture.processIds(guest.id), []);
  assert.deepEqual(await driver.guest(guest.id), { id: guest.id, power: 'off' });
  guest.nics.pop();
  await driver.powerOn(guest);
  assert.equal(fixture.processIds(guest.id).length, 1);
});

test('a start that is called off halfway leaves no process', async () => {
  await using fixture = await makeQemuFixture();
  const driver = await fixture.open();
  const guest = await fixture.guest('deaf');
  const calledOff = new AbortController();
  const starting = driver.powerOn(guest, calledOff.signal);
  const refused = assert.rejects(starting, /called off/);
  await eventually('a process', () => fixture.processIds(guest.id).length > 0);
  calledOff.abort(new Error('called off'));
  await refused;
  await eventually('no process', () => fixture.processIds(guest.id).length === 0);
});

test('a QEMU that answers no more is ended by force', async () => {
  await using fixture = await makeQemuFixture();
  const driver = await fixture.open();
  const guest = await fixture.guest('deaf');
  await driver.powerOn(guest);
  for (const pid of fixture.processIds(guest.id)) process.kill(pid, 'SIGSTOP');
  await driver.powerOff(guest.id);
  assert.deepEqual(fixture.processIds(guest.id), []);
  assert.equal((await driver.guest(guest.id))?.power, 'off');
});

test('a power button that QEMU is too late to press is pressed later', async () => {
  await using fixture = await makeQemuFixture();
  const { stateFolder } = fixture;
  let isLate = false;
  const sleep: Clock['sleep'] = (ms, signal) => systemClock.sleep(isLate ? 0 : ms, signal);
  const clock = { ...systemClock, sleep };
  const driver = await openQemuDriver({ stateFolder, clock, log: silentLog, accelerator: 'tcg' });
  await using _driver = { [Symbol.asyncDispose]: () => driver.close() };
  const guest = await fixture.guest('obedient');
  await driver.powerOn(guest);
  await greeted(driver, fixture, guest);
  const [pid = 0] = fixture.processIds(guest.id);
  process.kill(pid, 'SIGSTOP');
  isLate = true;
  await driver.pressPowerButton(guest.id);
  isLate = false;
  process.kill(pid, 'SIGCONT');
  assert.equal(await driver.waitForOff(guest.id, 60_000), true);
});

test('what the probe found is remembered until QEMU or the kernel changes', async () => {
  await using fixture = await makeQemuFixture();
  const { stateFolder } = fixture;
  const open = () => openQemuDriver({ stateFolder, clock: systemClock, log: silentLog });
  const first = await open();
  await first.close();
  assert.match(first.facts.reason, /^(KVM|TCG)/);
  const path = join(stateFolder, 'qemu-probe.json');
  const kept = JSON.parse(await readFile(path, 'utf8'));
  kept.result.reason = 'remembered';
  await writeFile(path, JSON.stringify(kept));
  const second = await open();
  await second.close();
  assert.equal(second.facts.reason, 'remembered');
  kept.key = 'of another QEMU';
  await writeFile(path, JSON.stringify(kept));
  const third = await open();
  await third.close();
  // Asked again: a KVM that does not work may fail in another way each time.
  assert.match(third.facts.reason, /^(KVM|TCG)/);
});
