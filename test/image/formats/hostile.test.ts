import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import { detectFormat } from '../../../src/image/formats/detect.ts';
import { ImageRefused, type ImageSource } from '../../../src/image/formats/image-source.ts';
import { declarableFormats, inspectImage } from '../../../src/image/formats/inspect.ts';
import { bytesSource, makeImage, temporaryFolder } from './fixtures.ts';

const maxReadBytes = 1024 * 1024;
const maxReads = 100;

/** Counts what is read, so that a hostile header cannot ask for unbounded work unseen. */
function meteredSource(bytes: Uint8Array) {
  const source = bytesSource(bytes);
  const meter = { reads: 0 };
  const metered: ImageSource = {
    sizeBytes: source.sizeBytes,
    read: (offset, lengthBytes) => {
      meter.reads += 1;
      assert.ok(lengthBytes <= maxReadBytes, `read of ${lengthBytes} bytes`);
      assert.ok(offset >= 0 && Number.isSafeInteger(offset));
      return source.read(offset, lengthBytes);
    },
  };
  return { metered, meter };
}

async function judge(format: string, bytes: Uint8Array): Promise<void> {
  const { metered, meter } = meteredSource(bytes);
  try {
    const { virtualSizeBytes } = await inspectImage(format, metered);
    assert.ok(Number.isSafeInteger(virtualSizeBytes) && virtualSizeBytes > 0);
  } catch (error) {
    if (!(error instanceof ImageRefused)) throw error;
    assert.match(error.rule, /^[a-z0-9-]+$/);
  }
  assert.ok(meter.reads <= maxReads, `${meter.reads} reads`);
}

const signatures = [
  '',
  'QFI\xfb\0\0\0\x02',
  'QFI\xfb\0\0\0\x03',
  'KDMV',
  'COWD',
  'conectix',
  'vhdxfile',
  'LUKS\xba\xbe',
  '# Disk DescriptorFile\n',
].map((signature) => Buffer.from(signature, 'latin1'));

test('any bytes behind any signature are accepted or refused, never a crash', async () => {
  const tail = fc.uint8Array({ maxLength: 4096 });
  const format = fc.constantFrom(...declarableFormats);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...signatures), tail, format, async (head, bytes, name) => {
      await judge(name, Buffer.concat([head, bytes]));
    }),
    { numRuns: 500, seed: 1 },
  );
});

test('a genuine image with any few header bytes changed is judged within bounds', async () => {
  await using folder = await temporaryFolder();
  const kinds: [string, string, string[]][] = [
    ['qcow2', 'qcow2', []],
    ['vmdk', 'vmdk', ['-o', 'subformat=streamOptimized']],
    ['vdi', 'vdi', []],
    ['vhd', 'vpc', []],
    ['vhdx', 'vhdx', []],
  ];
  for (const [declared, made, options] of kinds) {
    const path = await makeImage(folder.path, made, options, '1M');
    const genuine = (await readFile(path)).subarray(0, 4 * 1024 * 1024);
    // Changes go where headers are: the beginning, and VHDX's tables at 192 KiB and 2 MiB.
    const places = declared === 'vhdx' ? [0, 192 * 1024, 2 * 1024 * 1024] : [0];
    const place = fc.record({
      base: fc.constantFrom(...places),
      offset: fc.nat({ max: 1536 }),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(place, { minLength: 1, maxLength: 4 }), async (changes) => {
        const bytes = Buffer.from(genuine);
        for (const change of changes) {
          Buffer.from(change.bytes).copy(bytes, change.base + change.offset);
        }
        await judge(declared, bytes);
      }),
      { numRuns: 200, seed: 1 },
    );
  }
});

test('partition tables count as raw and are named', async () => {
  const disk = Buffer.alloc(1024);
  disk.writeUInt16BE(0x55aa, 510);
  disk[450] = 0x83;
  const mbr = await detectFormat(bytesSource(disk));
  assert.deepEqual(mbr, { format: 'raw', partitionTable: 'mbr' });
  disk[450] = 0xee;
  const gpt = await detectFormat(bytesSource(disk));
  assert.deepEqual(gpt, { format: 'raw', partitionTable: 'gpt' });
});
