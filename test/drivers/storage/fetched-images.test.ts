import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { silentLog } from '#base/log.ts';
import { withFetchedImages } from '#drivers/storage/fetched-images.ts';
import { openFileStorage } from '#drivers/storage/file/file-storage.ts';
import { ImageNotStored } from '#drivers/storage/storage.ts';
import { temporaryState } from '#test/state.ts';

const disk = (diskId: string) => ({
  diskId,
  imageId: 'image',
  imageFormat: 'raw' as const,
  sizeBytes: 4096,
});

test('a host fetches an image once, when a disk is made from it, and forgets it', async () => {
  using state = temporaryState();
  const files = await openFileStorage({ stateFolder: state.path, log: silentLog });
  let fetched = 0;
  const source = async (imageId: string) => {
    if (imageId !== 'image') throw new ImageNotStored(imageId);
    fetched += 1;
    return Readable.from([Buffer.alloc(512, 7)]);
  };
  const host = withFetchedImages(files, source, 10_000);
  await Promise.all([host.createRootDisk(disk('a')), host.createRootDisk(disk('b'))]);
  await host.createRootDisk(disk('c'));
  assert.equal(fetched, 1);
  assert.deepEqual(await host.imageIds(), []);
  assert.ok(existsSync(join(state.path, 'bases', 'image')));
  for (const id of ['a', 'b', 'c']) await host.deleteDisks(id);
  assert.deepEqual(readdirSync(join(state.path, 'bases')), []);
  await host.createRootDisk(disk('d'));
  assert.equal(fetched, 2);
  const strange = { ...disk('e'), imageId: 'none' };
  await assert.rejects(host.createRootDisk(strange), ImageNotStored);
  assert.deepEqual(await host.diskIds(), ['d']);
});
