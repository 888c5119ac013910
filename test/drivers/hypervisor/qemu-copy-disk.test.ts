import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { silentLog } from '#base/log.ts';
import { run } from '#base/process.ts';
import { openFileStorage } from '#drivers/storage/file/file-storage.ts';
import { eventually } from '#test/eventually.ts';
import { guestBootMs } from '#test/guest-boot.ts';
import { tinyImage } from '../../system/tiny-guest.ts';
import { askAgent, runInside } from './agent-inside.ts';
import { makeQemuFixture } from './qemu-fixture.ts';

const mib = 1024 ** 2;

test('the disk of a running guest is copied as it is, and the copy boots', async () => {
  await using fixture = await makeQemuFixture();
  const storage = await openFileStorage({ stateFolder: fixture.stateFolder, log: silentLog });
  await using file = await open(await tinyImage(), 'r');
  await storage.writeImage('tiny', file.createReadStream(), 1024 * mib);
  const guest = { ...fixture.guestOver([]), memoryMib: 192 };
  const diskId = guest.id;
  const root = { diskId, imageId: 'tiny', imageFormat: 'qcow2', sizeBytes: 0 } as const;
  guest.disks = [{ role: 'root', location: await storage.createRootDisk(root) }];
  const driver = await fixture.open();
  await driver.powerOn(guest);
  const isUp = (id: string) => {
    const agent = join(fixture.guestFolder(id), 'run', 'agent.sock');
    return askAgent(agent, { execute: 'guest-ping' }).then(Boolean, () => false);
  };
  await eventually('the guest is up', () => isUp(guest.id), guestBootMs);
  const agent = join(fixture.guestFolder(guest.id), 'run', 'agent.sock');
  const before = await runInside(agent, 'grep ^root: /etc/shadow');
  await driver.setPassword(guest.id, 'root', 'geheim');
  assert.notEqual(await runInside(agent, 'grep ^root: /etc/shadow'), before);
  // Nobody has told the disk yet: only a guest that was frozen has it there.
  await runInside(agent, 'echo fresh > /root/fresh');
  const copyPath = await driver.copyRootDisk(guest.id, 'must');
  assert.ok(copyPath);
  const snapshot = { diskId, snapshotId: 'one', imageId: 'tiny', imageFormat: 'qcow2' } as const;
  const facts = await storage.takeSnapshot(snapshot, copyPath);
  assert.equal(facts.format, 'qcow2');
  assert.equal(existsSync(copyPath), false);
  // The guest goes on, and can be copied again.
  assert.equal((await driver.guest(guest.id))?.power, 'running');
  await driver.pause(guest.id);
  const again = await driver.copyRootDisk(guest.id);
  assert.ok(again);
  await driver.unpause(guest.id);
  assert.equal(await isUp(guest.id), true);
  await driver.remove(guest.id);

  const piece = await storage.readSnapshot(diskId, 'one', 0, 4);
  assert.equal(Buffer.from(piece).toString('latin1'), 'QFI\xfb');
  const path = join(fixture.stateFolder, 'copied.qcow2');
  await rename(join(fixture.stateFolder, 'disks', `${diskId}.snapshot-one.qcow2`), path);
  assert.equal((await stat(path)).size, facts.sizeBytes);
  await run('qemu-img', ['check', '-q', '-f', 'qcow2', path]);
  const off = await storage.takeSnapshot(snapshot);
  assert.equal(off.format, 'qcow2');
  await storage.deleteDisks(diskId);
  assert.deepEqual(await storage.diskIds(), []);

  const location = { kind: 'file', path, format: 'qcow2', readOnly: false, backing: [] } as const;
  const disks = [{ role: 'root' as const, location: { ...location, backing: [] } }];
  const booted = { ...fixture.guestOver(disks), memoryMib: 192 };
  await driver.powerOn(booted);
  await eventually('the copy boots', () => isUp(booted.id), guestBootMs);
  const copied = join(fixture.guestFolder(booted.id), 'run', 'agent.sock');
  assert.equal(await runInside(copied, 'cat /root/fresh'), 'fresh\n');
});
