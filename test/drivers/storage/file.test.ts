import assert from 'node:assert/strict';
import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { silentLog } from '#base/log.ts';
import { run } from '#base/process.ts';
import { openFileStorage } from '#drivers/storage/file/file-storage.ts';
import type { DiskLocation } from '#drivers/storage/storage.ts';
import { blankDisk, chunksOf, mib, qcow2Bytes, rootDisk, storageContract } from './contract.ts';
import { temporaryFolder } from './temporary-folder.ts';

const open = (stateFolder: string) => openFileStorage({ stateFolder, log: silentLog });

storageContract('file', async () => {
  const folder = await temporaryFolder();
  return {
    open: () => open(folder.path),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
});

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  return files.map((file) => join(file.parentPath, file.name).slice(folder.length + 1)).sort();
}

function fileLocation(location: DiskLocation) {
  assert.ok(location.kind === 'file');
  return location;
}

test('a root disk is a qcow2 over the base, with both formats named', async () => {
  await using folder = await temporaryFolder();
  const driver = await open(folder.path);
  await driver.writeImage('image-1', chunksOf(await qcow2Bytes(2 * mib)), 100 * mib);
  const spec = rootDisk({ imageFormat: 'qcow2', sizeBytes: 64 * mib });
  const { path, backing, format, readOnly } = fileLocation(await driver.createRootDisk(spec));
  assert.deepEqual({ format, readOnly }, { format: 'qcow2', readOnly: false });
  assert.deepEqual(backing, [join(folder.path, 'bases/image-1')]);
  const { stdout } = await run('qemu-img', ['info', '--output=json', '-f', 'qcow2', path]);
  const info: unknown = JSON.parse(stdout);
  assert.ok(typeof info === 'object' && info !== null);
  const facts = info as Record<string, unknown>;
  assert.equal(facts['virtual-size'], 64 * mib);
  assert.equal(facts['backing-filename-format'], 'qcow2');
});

test('a disk reads through to its image after the image is deleted and all is swept', async () => {
  await using folder = await temporaryFolder();
  const driver = await open(folder.path);
  const content = Buffer.alloc(mib, 'tiny');
  await driver.writeImage('image-1', chunksOf(content), 100 * mib);
  const { path } = fileLocation(await driver.createRootDisk(rootDisk()));
  await driver.deleteImage('image-1');
  await driver.sweep();
  await run('qemu-img', ['check', '-q', '-f', 'qcow2', path]);
  const raw = join(folder.path, 'copy.raw');
  await run('qemu-img', ['convert', '-f', 'qcow2', '-O', 'raw', path, raw]);
  assert.deepEqual(await readFile(raw), content);
});

test('a base is swept with its last disk, and not while a disk cannot be read', async () => {
  await using folder = await temporaryFolder();
  const driver = await open(folder.path);
  const bases = join(folder.path, 'bases');
  await driver.writeImage('image-1', chunksOf(Buffer.alloc(mib)), 100 * mib);
  await driver.createRootDisk(rootDisk({ diskId: 'server-1' }));
  await driver.createRootDisk(rootDisk({ diskId: 'server-2' }));
  await driver.deleteImage('image-1');
  await driver.deleteDisks('server-1');
  await driver.sweep();
  assert.deepEqual(await readdir(bases), ['image-1']);
  await writeFile(join(folder.path, 'disks/server-3.qcow2'), 'not a disk');
  await driver.deleteDisks('server-2');
  await driver.sweep();
  assert.deepEqual(await readdir(bases), ['image-1']);
  await driver.deleteDisks('server-3');
  await driver.sweep();
  assert.deepEqual(await filesBelow(folder.path), []);
});

test('what a killed process left half done is gone when the store is opened', async () => {
  await using folder = await temporaryFolder();
  await open(folder.path);
  await writeFile(join(folder.path, 'incoming/half'), 'half an image');
  const driver = await open(folder.path);
  assert.deepEqual(await filesBelow(folder.path), []);
  assert.deepEqual(await driver.imageIds(), []);
});

test('a broken or refused upload leaves no file anywhere', async () => {
  await using folder = await temporaryFolder();
  const driver = await open(folder.path);
  async function* broken() {
    yield Buffer.alloc(mib);
    throw new Error('the client went away');
  }
  await assert.rejects(driver.writeImage('image-1', broken(), 100 * mib));
  await assert.rejects(driver.writeImage('image-1', chunksOf('too much'), 3));
  await assert.rejects(driver.createConfigDrive('server-1', { '../out': Buffer.from('') }));
  assert.deepEqual(await filesBelow(folder.path), []);
});

test('a sweep takes nothing from an upload that is under way', async () => {
  await using folder = await temporaryFolder();
  const driver = await open(folder.path);
  async function* swept() {
    yield Buffer.from('first ');
    await driver.sweep();
    yield Buffer.from('second');
  }
  const stored = await driver.writeImage('image-1', swept(), mib);
  assert.equal(stored.sizeBytes, 12);
  assert.equal(await driver.imageSize('image-1'), 12);
});

test('two calls that make one disk at the same time make one disk', async () => {
  await using folder = await temporaryFolder();
  const driver = await open(folder.path);
  await driver.writeImage('image-1', chunksOf(Buffer.alloc(mib)), 100 * mib);
  const [first, second] = await Promise.all([
    driver.createRootDisk(rootDisk()),
    driver.createRootDisk(rootDisk()),
  ]);
  assert.deepEqual(first, second);
  const left = await filesBelow(folder.path);
  assert.deepEqual(left, ['bases/image-1', 'disks/server-1.qcow2', 'images/image-1']);
});

test('a config drive is an ISO volume labelled config-2 with the files by name', async () => {
  await using folder = await temporaryFolder();
  const driver = await open(folder.path);
  const longName = `content/${'long-name-'.repeat(6)}é`;
  const files = {
    'openstack/latest/meta_data.json': Buffer.from('{"uuid":"x"}'),
    'openstack/latest/user_data': Buffer.from('#!/bin/sh\n\0\n'),
    [longName]: Buffer.from('long'),
  };
  const location = fileLocation(await driver.createConfigDrive('server-1', files));
  assert.equal(location.readOnly, true);
  assert.equal(location.format, 'raw');
  const volume = await readFile(location.path);
  assert.equal(volume.toString('latin1', 32808, 32816), 'config-2');
  for (const [path, content] of Object.entries(files)) {
    const { stdout } = await run('isoinfo', ['-R', '-i', location.path, '-x', `/${path}`]);
    assert.equal(stdout, content.toString());
  }
});

test('a config drive that is there stays as it was made', async () => {
  await using folder = await temporaryFolder();
  const driver = await open(folder.path);
  const path = 'openstack/latest/meta_data.json';
  const first = fileLocation(
    await driver.createConfigDrive('server-1', { [path]: Buffer.from('1') }),
  );
  const made = await readFile(first.path);
  assert.deepEqual(await driver.createConfigDrive('server-1', { [path]: Buffer.from('2') }), first);
  assert.deepEqual(await readFile(first.path), made);
});

test('the state directory may be moved: disks name their base from their own folder', async () => {
  await using folder = await temporaryFolder();
  const before = join(folder.path, 'before');
  const driver = await open(before);
  await driver.writeImage('image-1', chunksOf(Buffer.alloc(mib)), 100 * mib);
  await driver.createRootDisk(rootDisk());
  const after = join(folder.path, 'after');
  await rename(before, after);
  const moved = await open(after);
  const { path, backing } = fileLocation(await moved.createRootDisk(rootDisk()));
  assert.deepEqual(backing, [join(after, 'bases/image-1')]);
  await run('qemu-img', ['check', '-q', '-f', 'qcow2', path]);
});

test('nobody else may open images, disks or the folders they lie in', async () => {
  await using folder = await temporaryFolder();
  const driver = await open(folder.path);
  await driver.writeImage('image-1', chunksOf(Buffer.alloc(mib)), 100 * mib);
  const disk = fileLocation(await driver.createRootDisk(rootDisk()));
  const drive = fileLocation(await driver.createConfigDrive('server-1', {}));
  const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
  assert.equal(await mode(join(folder.path, 'images')), '700');
  assert.equal(await mode(join(folder.path, 'bases')), '700');
  assert.equal(await mode(join(folder.path, 'incoming')), '700');
  assert.equal(await mode(join(folder.path, 'images/image-1')), '600');
  assert.equal(await mode(disk.path), '600');
  assert.equal(await mode(drive.path), '600');
});

test('an id that would leave its folder is refused', async () => {
  await using folder = await temporaryFolder();
  const driver = await open(folder.path);
  for (const id of ['../x', 'a/b', '', '.', '.hidden', 'a\0b']) {
    await assert.rejects(driver.writeImage(id, chunksOf('x'), 10), /no id for a file/);
    await assert.rejects(driver.deleteDisks(id), /no id for a file/);
  }
});

test('a blank disk is sparse, of its size and ours alone; swap has its signature', async () => {
  await using folder = await temporaryFolder();
  const driver = await open(folder.path);
  const spec = blankDisk({ sizeBytes: 64 * mib });
  const empty = fileLocation(await driver.createBlankDisk(spec));
  const facts = await stat(empty.path);
  assert.equal(facts.size, 64 * mib);
  assert.ok(facts.blocks * 512 < mib);
  assert.equal(facts.mode & 0o777, 0o600);
  assert.deepEqual([empty.format, empty.readOnly, empty.backing], ['raw', false, []]);
  const swap = blankDisk({ ...spec, name: 'swap', content: 'swap-signature' });
  const { path } = fileLocation(await driver.createBlankDisk(swap));
  const bytes = await readFile(path);
  assert.equal(bytes.length, 64 * mib);
  assert.equal(bytes.subarray(4086, 4096).toString(), 'SWAPSPACE2');
  await assert.rejects(driver.createBlankDisk(blankDisk({ name: '../x' })), /no id for a file/);
  await driver.deleteDisks('server-1');
  assert.deepEqual(await filesBelow(join(folder.path, 'disks')), []);
  assert.deepEqual(await filesBelow(join(folder.path, 'incoming')), []);
});

test('memory stays flat while 256 MiB are streamed in and out', async () => {
  await using folder = await temporaryFolder();
  const driver = await open(folder.path);
  let peakBytes = 0;
  const watch = () => {
    const { rss } = process.memoryUsage();
    peakBytes = Math.max(peakBytes, rss);
  };
  async function* stream() {
    for (let sent = 0; sent < 256; sent++) {
      watch();
      yield Buffer.alloc(mib, sent);
    }
  }
  const beforeBytes = process.memoryUsage().rss;
  await driver.writeImage('image-1', stream(), 1024 * mib);
  for await (const _ of await driver.readImage('image-1')) watch();
  const growthBytes = peakBytes - beforeBytes;
  assert.ok(growthBytes < 192 * mib, `memory grew by ${Math.round(growthBytes / mib)} MiB`);
});
