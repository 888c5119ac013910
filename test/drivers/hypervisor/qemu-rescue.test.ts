import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '#base/process.ts';
import type { DiskHardware, GuestDisk } from '#drivers/hypervisor/hypervisor.ts';
import { eventually } from '#test/eventually.ts';
import { guestBootMs } from '#test/guest-boot.ts';
import { bootDisk, greeting } from './boot-sector.ts';
import { makeQemuFixture } from './qemu-fixture.ts';

const kinds: (DiskHardware | undefined)[] = [
  undefined,
  { device: 'disk', bus: 'scsi' },
  { device: 'disk', bus: 'ide' },
  { device: 'disk', bus: 'sata' },
  { device: 'disk', bus: 'usb' },
  { device: 'cdrom', bus: 'ide' },
  { device: 'cdrom', bus: 'scsi' },
  { device: 'cdrom', bus: 'sata' },
  { device: 'floppy', bus: 'fdc' },
];

/** What a firmware loads of a disc that says so. */
async function bootableDisc(folder: string): Promise<string> {
  const tree = join(folder, 'tree');
  await mkdir(tree);
  await writeFile(join(tree, 'boot.img'), bootDisk('beating').subarray(0, 2048));
  const disc = join(folder, 'disc.iso');
  const boot = ['-b', 'boot.img', '-c', 'boot.cat', '-no-emul-boot', '-boot-load-size', '4'];
  await run('genisoimage', ['-quiet', '-o', disc, ...boot, tree]);
  return disc;
}

test('a guest boots from its rescue disk, whatever that is, and not from its root', async () => {
  await using fixture = await makeQemuFixture();
  const folder = fixture.stateFolder;
  const place = (path: string) =>
    ({ kind: 'file', path, format: 'raw', readOnly: false, backing: [] as string[] }) as const;
  const silent = join(folder, 'silent.raw');
  await writeFile(silent, bootDisk('deaf'));
  const beating = join(folder, 'beating.raw');
  await writeFile(beating, bootDisk('beating').subarray(0, 1024 * 1024));
  const disc = await bootableDisc(folder);
  const driver = await fixture.open();
  for (const hardware of kinds) {
    const path = hardware?.device === 'cdrom' ? disc : beating;
    const rescue: GuestDisk = {
      location: { ...place(path), backing: [] },
      role: 'rescue',
      ...(hardware && { hardware }),
    };
    const root: GuestDisk = { location: { ...place(silent), backing: [] }, role: 'root' };
    const guest = fixture.guestOver(hardware ? [root, rescue] : [rescue, root]);
    await driver.powerOn(guest);
    const name = `${hardware?.device ?? 'disk'} on ${hardware?.bus ?? 'virtio'}`;
    const hasBooted = async () =>
      (await driver.consoleOutput(guest.id)).includes(`${greeting}\r\n...`);
    await eventually(`a guest that boots from a ${name}`, hasBooted, guestBootMs);
    assert.equal((await driver.diagnostics(guest.id))?.disks.length, 2, name);
    await driver.remove(guest.id);
  }
});
