import assert from 'node:assert/strict';
import { copyFile, open, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '#base/process.ts';
import { inspectImage } from '../../../src/image/formats/inspect.ts';
import { bytesSource, fileSource, makeImage, refusedRule, temporaryFolder } from './fixtures.ts';

const sizeBytes = 24 * 1024 * 1024;

async function inspectFile(format: string, path: string) {
  return inspectImage(format, await fileSource(path));
}

/** The same file with some bytes put in. */
async function patched(path: string, offset: number, bytes: Uint8Array): Promise<string> {
  const copy = `${path}.patched`;
  await copyFile(path, copy);
  await using file = await open(copy, 'r+');
  await file.write(bytes, 0, bytes.length, offset);
  return copy;
}

const genuine: { declared: string; made: string; options: string[] }[] = [
  { declared: 'raw', made: 'raw', options: [] },
  { declared: 'qcow2', made: 'qcow2', options: [] },
  { declared: 'qcow2', made: 'qcow2', options: ['-o', 'compat=0.10'] },
  { declared: 'qcow2', made: 'qcow2', options: ['-o', 'extended_l2=on,compression_type=zstd'] },
  { declared: 'vmdk', made: 'vmdk', options: ['-o', 'subformat=monolithicSparse'] },
  { declared: 'vmdk', made: 'vmdk', options: ['-o', 'subformat=streamOptimized'] },
  { declared: 'vdi', made: 'vdi', options: [] },
  { declared: 'vhd', made: 'vpc', options: ['-o', 'subformat=fixed,force_size=on'] },
  { declared: 'vhd', made: 'vpc', options: ['-o', 'subformat=dynamic,force_size=on'] },
  { declared: 'vhdx', made: 'vhdx', options: [] },
];

for (const { declared, made, options } of genuine) {
  test(`a genuine ${made} ${options.at(-1) ?? ''} is accepted with its virtual size`, async () => {
    await using folder = await temporaryFolder();
    const path = await makeImage(folder.path, made, options);
    assert.deepEqual(await inspectFile(declared, path), { virtualSizeBytes: sizeBytes });
  });

  test(`a ${made} ${options.at(-1) ?? ''} declared as another format is refused`, async () => {
    await using folder = await temporaryFolder();
    const path = await makeImage(folder.path, made, options);
    for (const other of ['raw', 'qcow2', 'vmdk', 'vdi', 'vhd', 'vhdx', 'iso', 'aki']) {
      if (other === declared || (declared === 'raw' && other === 'aki')) continue;
      assert.equal(await refusedRule(inspectFile(other, path)), 'format-mismatch', other);
    }
  });
}

test('an ISO image is accepted as iso and as nothing else', async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, 'file'), 'content');
  const path = join(folder.path, 'volume.iso');
  await run('genisoimage', ['-quiet', '-o', path, join(folder.path, 'file')]);
  const { virtualSizeBytes } = await inspectFile('iso', path);
  assert.equal(virtualSizeBytes, (await readFile(path)).length);
  assert.equal(await refusedRule(inspectFile('raw', path)), 'format-mismatch');
  const polyglot = await patched(path, 0, Buffer.from('QFI\xfb\0\0\0\x03', 'latin1'));
  assert.equal(await refusedRule(inspectFile('iso', polyglot)), 'several-formats');
});

test('a qcow2 that makes QEMU open another file is refused by name of the rule', async () => {
  await using folder = await temporaryFolder();
  const base = await makeImage(folder.path, 'raw');
  const overlay = await makeImage(folder.path, 'qcow2', ['-b', base, '-F', 'raw']);
  assert.equal(await refusedRule(inspectFile('qcow2', overlay)), 'qcow2-backing-file');

  const dataFile = `data_file=${join(folder.path, 'data')}`;
  const external = await makeImage(folder.path, 'qcow2', ['-o', dataFile]);
  assert.equal(await refusedRule(inspectFile('qcow2', external)), 'qcow2-data-file');
  // The extension that names the file is enough, even with the feature bit taken out.
  const withoutBit = await patched(external, 72, Buffer.alloc(8));
  assert.equal(await refusedRule(inspectFile('qcow2', withoutBit)), 'qcow2-data-file');
});

test('a qcow2 with a header that nobody should open is refused', async () => {
  await using folder = await temporaryFolder();
  const path = await makeImage(folder.path, 'qcow2');
  const ruleAfter = async (offset: number, bytes: number[]) =>
    refusedRule(inspectFile('qcow2', await patched(path, offset, Buffer.from(bytes))));
  assert.equal(await ruleAfter(20, [0, 0, 0, 63]), 'qcow2-cluster-size');
  assert.equal(await ruleAfter(20, [0, 0, 0, 1]), 'qcow2-cluster-size');
  assert.equal(await ruleAfter(24, [0x7f, 0xff, 0xff, 0xff]), 'virtual-size');
  assert.equal(await ruleAfter(32, [0, 0, 0, 2]), 'qcow2-encrypted');
  assert.equal(await ruleAfter(36, [0xff, 0, 0, 0]), 'qcow2-header');
  assert.equal(await ruleAfter(72, [0, 0, 0, 0, 0, 0, 0, 2]), 'qcow2-corrupt');
  assert.equal(await ruleAfter(72, [0x80]), 'qcow2-unknown-feature');
  assert.equal(await ruleAfter(100, [0xff, 0xff, 0xff, 0xf8]), 'qcow2-header');
  assert.equal(await ruleAfter(4, [0, 0, 0, 9]), 'qcow2-version');
  // Version 1 is another format, and one that Glance does not know.
  assert.equal(await ruleAfter(4, [0, 0, 0, 1]), 'format-mismatch');
});

test('a VMDK that is not in one file is refused', async () => {
  await using folder = await temporaryFolder();
  for (const subformat of ['monolithicFlat', 'twoGbMaxExtentSparse', 'twoGbMaxExtentFlat']) {
    const path = await makeImage(folder.path, 'vmdk', ['-o', `subformat=${subformat}`]);
    assert.equal(await refusedRule(inspectFile('vmdk', path)), 'vmdk-subformat', subformat);
  }
});

test('a sparse VMDK whose descriptor names other files is refused', async () => {
  await using folder = await temporaryFolder();
  const path = await makeImage(folder.path, 'vmdk', ['-o', 'subformat=monolithicSparse']);
  const bytes = await readFile(path);
  const descriptorAt = bytes.indexOf('# Disk DescriptorFile');
  const descriptor = bytes.toString('latin1', descriptorAt, descriptorAt + 1024).split('\0')[0];
  const ruleWith = async (change: (text: string) => string) => {
    const text = Buffer.alloc(2048);
    text.write(change(descriptor ?? ''));
    return refusedRule(inspectFile('vmdk', await patched(path, descriptorAt, text)));
  };
  assert.equal(await ruleWith((text) => text), 'accepted');
  const renamed = (name: string) => (text: string) =>
    text.replace(/SPARSE "[^"]*"/, `SPARSE "${name}"`);
  assert.equal(await ruleWith(renamed('/etc/shadow')), 'vmdk-extents');
  assert.equal(await ruleWith(renamed('../other')), 'vmdk-extents');
  assert.equal(await ruleWith(renamed('nbd:host')), 'vmdk-extents');
  const flat = (text: string) => text.replace(/SPARSE "/, 'FLAT "');
  assert.equal(await ruleWith(flat), 'vmdk-extents');
  const second = (text: string) => `${text}\nRW 1 SPARSE "more.vmdk"\n`;
  assert.equal(await ruleWith(second), 'vmdk-extents');
  const parent = (text: string) => text.replace('CID=', 'parentFileNameHint="/etc/shadow"\nCID=');
  assert.equal(await ruleWith(parent), 'vmdk-parent');
  const other = (text: string) => text.replace('monolithicSparse', 'monolithicFlat');
  assert.equal(await ruleWith(other), 'vmdk-subformat');
  const zeroCapacity = await patched(path, 12, Buffer.alloc(8));
  assert.equal(await refusedRule(inspectFile('vmdk', zeroCapacity)), 'vmdk-subformat');
});

test('differences to a parent are refused in VDI, VHD and VHDX', async () => {
  await using folder = await temporaryFolder();
  const vdi = await makeImage(folder.path, 'vdi');
  const difference = await patched(vdi, 76, Buffer.from([4, 0, 0, 0]));
  assert.equal(await refusedRule(inspectFile('vdi', difference)), 'vdi-parent');
  const linked = await patched(vdi, 440, Buffer.from([1]));
  assert.equal(await refusedRule(inspectFile('vdi', linked)), 'vdi-parent');
  const vhd = await makeImage(folder.path, 'vpc', ['-o', 'subformat=dynamic']);
  const vhdChild = await patched(vhd, 60, Buffer.from([0, 0, 0, 4]));
  assert.equal(await refusedRule(inspectFile('vhd', vhdChild)), 'vhd-parent');
  const vhdx = await makeImage(folder.path, 'vhdx');
  const bytes = await readFile(vhdx);
  const guid = Buffer.from('3767a1ca36fa434db3b633f0aa44e76b', 'hex');
  const entryAt = bytes.indexOf(guid);
  assert.ok(entryAt > 0);
  const tableAt = bytes.indexOf('metadata');
  const flagsAt = tableAt + bytes.readUInt32LE(entryAt + 16) + 4;
  const vhdxChild = await patched(vhdx, flagsAt, Buffer.from([2]));
  assert.equal(await refusedRule(inspectFile('vhdx', vhdxChild)), 'vhdx-parent');
});

test('data shorter than their header, empty data and unknown formats are refused', async () => {
  await using folder = await temporaryFolder();
  const path = await makeImage(folder.path, 'qcow2');
  await truncate(path, 60);
  assert.equal(await refusedRule(inspectFile('qcow2', path)), 'truncated');
  assert.equal(await refusedRule(inspectImage('raw', bytesSource(Buffer.alloc(0)))), 'empty');
  const data = bytesSource(Buffer.alloc(512));
  assert.equal(await refusedRule(inspectImage('constructor', data)), 'unknown-format');
  assert.equal(await refusedRule(inspectImage('ploop', data)), 'unknown-format');
});
