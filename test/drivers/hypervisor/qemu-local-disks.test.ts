import assert from 'node:assert/strict';
import { open } from 'node:fs/promises';
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

test('a guest finds its blank disks and its swap behind its root disk, and they keep', async () => {
  await using fixture = await makeQemuFixture();
  const storage = await openFileStorage({ stateFolder: fixture.stateFolder, log: silentLog });
  const image = join(fixture.stateFolder, 'tiny.raw');
  await run('qemu-img', ['convert', '-f', 'qcow2', '-O', 'raw', await tinyImage(), image]);
  await using file = await open(image, 'r');
  await storage.writeImage('tiny', file.createReadStream(), 1024 * mib);
  const guest = { ...fixture.guestOver([]), memoryMib: 192 };
  const diskId = guest.id;
  const root = { diskId, imageId: 'tiny', imageFormat: 'raw', sizeBytes: 0 } as const;
  const ephemeral = {
    diskId,
    name: 'ephemeral0',
    sizeBytes: 24 * mib,
    content: 'nothing',
  } as const;
  const swap = { diskId, name: 'swap', sizeBytes: 16 * mib, content: 'swap-signature' } as const;
  guest.disks = [
    { role: 'root', location: await storage.createRootDisk(root) },
    { role: 'ephemeral', location: await storage.createBlankDisk(ephemeral) },
    { role: 'swap', location: await storage.createBlankDisk(swap) },
  ];
  const driver = await fixture.open();
  await driver.powerOn(guest);
  const agent = join(fixture.guestFolder(guest.id), 'run', 'agent.sock');
  const isUp = () => askAgent(agent, { execute: 'guest-ping' }).then(Boolean, () => false);
  await eventually('the guest is up', isUp, guestBootMs);
  assert.equal((await driver.diagnostics(guest.id))?.disks.length, 3);
  const sizes = 'cat /sys/block/vdb/size /sys/block/vdc/size';
  assert.equal(await runInside(agent, sizes), `${(24 * mib) / 512}\n${(16 * mib) / 512}\n`);
  assert.match(await runInside(agent, 'swapon /dev/vdc && cat /proc/swaps'), /\/dev\/vdc/);
  await runInside(agent, 'echo kept | dd of=/dev/vdb conv=notrunc; sync');
  await driver.close();

  // Another process of ours finds guest and disks as they are.
  const next = await fixture.open();
  assert.equal(await runInside(agent, 'head -c 4 /dev/vdb'), 'kept');
  assert.deepEqual(await storage.createBlankDisk(ephemeral), guest.disks[1]?.location);
  await next.powerOff(guest.id);
  await next.powerOn(guest);
  await eventually('the guest is up again', isUp, guestBootMs);
  assert.equal(await runInside(agent, 'head -c 4 /dev/vdb'), 'kept');
  await next.remove(guest.id);
  await storage.deleteDisks(diskId);
  assert.deepEqual(await storage.diskIds(), []);
  await next.close();
});
