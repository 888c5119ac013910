import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { silentLog } from '#base/log.ts';
import { run } from '#base/process.ts';
import { openFileStorage } from '#drivers/storage/file/file-storage.ts';
import { chunksOf, contentOf, mib, rootDisk } from './contract.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('what goes out is what the guest sees: its own writes over the image', async () => {
  await using folder = await temporaryFolder();
  const driver = await openFileStorage({ stateFolder: folder.path, log: silentLog });
  await driver.writeImage('image-1', chunksOf(Buffer.alloc(mib, 'tiny')), 100 * mib);
  const location = await driver.createRootDisk(rootDisk({ sizeBytes: 2 * mib }));
  assert.ok(location.kind === 'file');
  const write = ['-f', 'qcow2', '-c', 'write -P 65 0 65536', location.path];
  await run('qemu-io', write);
  const copy = await contentOf(await driver.exportRootDisk('server-1'));
  const [from, to] = [join(folder.path, 'copy.qcow2'), join(folder.path, 'copy.raw')];
  await writeFile(from, Buffer.from(copy, 'latin1'));
  await run('qemu-img', ['convert', '-f', 'qcow2', '-O', 'raw', from, to]);
  const expected = Buffer.alloc(2 * mib);
  expected.fill('tiny', 0, mib);
  expected.fill(65, 0, 65_536);
  assert.ok((await readFile(to)).equals(expected));
});

test('a stream that nobody reads to its end leaves no file', async () => {
  await using folder = await temporaryFolder();
  const driver = await openFileStorage({ stateFolder: folder.path, log: silentLog });
  await driver.writeImage('image-1', chunksOf(Buffer.alloc(mib, 'tiny')), 100 * mib);
  await driver.createRootDisk(rootDisk());
  const stream = await driver.exportRootDisk('server-1');
  assert.deepEqual(await readdir(join(folder.path, 'incoming')), []);
  stream.destroy();
});
