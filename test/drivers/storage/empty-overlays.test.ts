import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '#base/process.ts';
import { EmptyOverlays } from '#drivers/storage/file/empty-overlays.ts';
import { mib } from './contract.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('the second disk of a kind is what qemu-img made the first, and as small', async () => {
  await using folder = await temporaryFolder();
  const overlays = new EmptyOverlays();
  const facts = { base: 'image-1', baseFormat: 'raw', sizeBytes: 64 * mib } as const;
  const [first, second] = [join(folder.path, 'first'), join(folder.path, 'second')];
  await overlays.write(first, facts);
  await overlays.write(second, facts);
  assert.deepEqual(await readFile(second), await readFile(first));
  const [made, written] = [await stat(first), await stat(second)];
  assert.ok(written.blocks <= made.blocks);
  const { stdout } = await run('qemu-img', ['info', '--output=json', '-f', 'qcow2', second]);
  assert.equal(JSON.parse(stdout)['backing-filename'], '../bases/image-1');
});

test('disks of other images, formats and sizes are other disks, however many', async () => {
  await using folder = await temporaryFolder();
  const overlays = new EmptyOverlays();
  const kinds = [
    { base: 'image-1', baseFormat: 'raw', sizeBytes: mib },
    { base: 'image-2', baseFormat: 'raw', sizeBytes: mib },
    { base: 'image-1', baseFormat: 'qcow2', sizeBytes: mib },
    { base: 'image-1', baseFormat: 'raw', sizeBytes: 2 * mib },
  ] as const;
  for (const round of [1, 2]) {
    for (const [index, facts] of kinds.entries()) {
      const path = join(folder.path, `${round}-${index}`);
      await overlays.write(path, facts);
      const { stdout } = await run('qemu-img', ['info', '--output=json', '-f', 'qcow2', path]);
      const info = JSON.parse(stdout);
      assert.equal(info['backing-filename'], join('../bases', facts.base));
      assert.equal(info['backing-filename-format'], facts.baseFormat);
      assert.equal(info['virtual-size'], facts.sizeBytes);
    }
  }
});
