import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '#base/process.ts';
import { readQcow2Header } from '#drivers/hypervisor/qemu/disks/qcow2-header.ts';

async function headerOf(createArgs: string[], size: string): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'cumulet-qcow2-'));
  try {
    await run('qemu-img', ['create', '-q', '-f', 'raw', join(folder, 'base.raw'), '1M']);
    await run('qemu-img', ['create', '-q', '-f', 'qcow2', ...createArgs, 'disk.qcow2', size], {
      cwd: folder,
    });
    return (await readFile(join(folder, 'disk.qcow2'))).subarray(0, 4096);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const backing = ['-b', 'base.raw', '-F', 'raw'];

test('size and backing format are read as qemu-img wrote them, in both versions', async () => {
  const alone = { virtualSizeBytes: 3 * 1024 ** 3, backingFormat: undefined };
  assert.deepEqual(readQcow2Header(await headerOf([], '3G')), alone);
  const over = { virtualSizeBytes: 64 * 1024 ** 2, backingFormat: 'raw' };
  assert.deepEqual(readQcow2Header(await headerOf(backing, '64M')), over);
  const old = await headerOf(['-o', 'compat=0.10', ...backing], '64M');
  assert.deepEqual(readQcow2Header(old), over);
});

test('an image that keeps its data elsewhere is refused', async () => {
  const outside = await headerOf(['-o', 'data_file=data.raw'], '1M');
  assert.throws(() => readQcow2Header(outside), /in another file/);
});

test('what is not qcow2 is refused, however short', () => {
  for (const bytes of [Buffer.alloc(0), Buffer.alloc(4096), Buffer.from('QFI\xfb', 'latin1')]) {
    assert.throws(() => readQcow2Header(bytes), /not a qcow2 image/);
  }
});
