import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { link, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { silentLog } from '#base/log.ts';
import { run } from '#base/process.ts';
import { openFileStorage } from '#drivers/storage/file/file-storage.ts';
import { readQcow2Facts } from '#drivers/storage/file/qcow2-header.ts';
import type { BlankDiskSpec } from '#drivers/storage/storage.ts';
import { chunksOf, mib, rootDisk } from './contract.ts';
import { temporaryFolder } from './temporary-folder.ts';

const diskId = 'server-1';

const blank = (name: string, sizeMib: number): BlankDiskSpec => ({
  diskId,
  name,
  sizeBytes: sizeMib * mib,
  content: name === 'swap' ? 'swap-signature' : 'nothing',
});

/** A store with a root disk of 4 MiB and two blank disks on which a guest has written. */
async function writtenDisks(stateFolder: string) {
  const driver = await openFileStorage({ stateFolder, log: silentLog });
  await driver.writeImage('image-1', chunksOf(Buffer.alloc(mib, 'base')), 100 * mib);
  await driver.createRootDisk(rootDisk({ sizeBytes: 4 * mib }));
  for (const disk of [blank('ephemeral0', 2), blank('swap', 1)]) {
    await driver.createBlankDisk(disk);
  }
  const folder = join(stateFolder, 'disks');
  const path = join(folder, 'server-1.qcow2');
  const write = (offset: string) =>
    run('qemu-io', ['-f', 'qcow2', '-c', `write -P 7 ${offset} 64k`, path]);
  await write('512k');
  await writeFile(join(folder, 'server-1.ephemeral0.raw'), 'kept', { flag: 'r+' });
  const replace = (...blanks: BlankDiskSpec[]) =>
    driver.replaceDisks({ diskId, rootBytes: 16 * mib, blanks });
  const hashes = async () => {
    const names = (await readdir(folder)).sort();
    const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    const pairs = names.map(async (name) => [name, hash(await readFile(join(folder, name)))]);
    return Object.fromEntries(await Promise.all(pairs)) as Record<string, string>;
  };
  return { driver, folder, path, write, replace, hashes };
}

test('replaced disks hold what was written, are larger, and come back as they were', async () => {
  await using state = await temporaryFolder();
  const { driver, folder, path, write, replace, hashes } = await writtenDisks(state.path);
  const before = await hashes();
  await replace(blank('ephemeral0', 3), blank('swap', 2));
  assert.equal((await readQcow2Facts(path)).virtualSizeBytes, 16 * mib);
  const raw = join(state.path, 'raw');
  await run('qemu-img', ['convert', '-f', 'qcow2', '-O', 'raw', path, raw]);
  const bytes = await readFile(raw);
  assert.equal(bytes.length, 16 * mib);
  assert.deepEqual(bytes.subarray(0, 4), Buffer.from('base'));
  assert.ok(bytes.subarray(512 * 1024, 576 * 1024).every((byte) => byte === 7));
  assert.ok(bytes.subarray(mib).every((byte) => byte === 0));
  const ephemeral = await readFile(join(folder, 'server-1.ephemeral0.raw'));
  assert.equal(ephemeral.length, 3 * mib);
  assert.deepEqual(ephemeral.subarray(0, 4), Buffer.from('kept'));
  const swap = await readFile(join(folder, 'server-1.swap.raw'));
  assert.equal(swap.length, 2 * mib);
  assert.equal(swap.subarray(4086, 4096).toString(), 'SWAPSPACE2');
  await write('15M');
  await writeFile(join(folder, 'server-1.ephemeral0.raw'), 'lost', { flag: 'r+' });
  await driver.restoreDisks(diskId);
  assert.deepEqual(await hashes(), before);
});

test('a disk never shrinks', async () => {
  await using state = await temporaryFolder();
  const { driver, path } = await writtenDisks(state.path);
  await driver.replaceDisks({ diskId, rootBytes: mib, blanks: [blank('ephemeral0', 1)] });
  assert.equal((await readQcow2Facts(path)).virtualSizeBytes, 4 * mib);
});

test('blank disks that come or go with a replacement go or come with its end', async () => {
  await using state = await temporaryFolder();
  const { driver, replace, hashes } = await writtenDisks(state.path);
  const before = await hashes();
  const names = async () => Object.keys(await hashes());
  await replace(blank('ephemeral1', 1));
  const kept = ['server-1.ephemeral0.former.raw', 'server-1.former.qcow2'];
  const made = ['server-1.ephemeral1.raw', 'server-1.qcow2', 'server-1.swap.former.raw'];
  assert.deepEqual(await names(), [kept[0], made[0], kept[1], made[1], made[2]]);
  await driver.restoreDisks(diskId);
  assert.deepEqual(await hashes(), before);
  await replace(blank('ephemeral1', 1));
  await driver.dropFormerDisks(diskId);
  assert.deepEqual(await names(), ['server-1.ephemeral1.raw', 'server-1.qcow2']);
});

test('a replacement goes on where it was interrupted between two names', async () => {
  await using state = await temporaryFolder();
  const { driver, folder, path, replace, hashes } = await writtenDisks(state.path);
  const before = await hashes();
  const former = join(folder, 'server-1.former.qcow2');
  const formerBlank = join(folder, 'server-1.ephemeral0.former.raw');
  // Something stale of a replacement that had ended stands in nobody's way.
  await writeFile(formerBlank, 'stale');
  await replace(blank('ephemeral0', 3));
  assert.equal((await readQcow2Facts(path)).virtualSizeBytes, 16 * mib);
  await driver.restoreDisks(diskId);
  assert.deepEqual(await hashes(), before);
  await link(path, former);
  await replace();
  assert.equal((await readQcow2Facts(path)).virtualSizeBytes, 16 * mib);
  await rm(path);
  await link(former, path);
  await driver.restoreDisks(diskId);
  assert.equal((await hashes())['server-1.qcow2'], before['server-1.qcow2']);
});

test('a former disk keeps its base from being swept', async () => {
  await using state = await temporaryFolder();
  const { driver, path, replace } = await writtenDisks(state.path);
  await replace();
  await driver.deleteImage('image-1');
  await driver.sweep();
  await driver.restoreDisks(diskId);
  await run('qemu-img', ['check', '-q', '-f', 'qcow2', path]);
});
