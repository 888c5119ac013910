import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { limits } from '#base/limits.ts';
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

const maxBytes = 10_000;

/** A host that fetches from a store with one image, and a clock that stands still. */
async function openHost(stateFolder: string) {
  const files = await openFileStorage({ stateFolder, log: silentLog });
  const seen = { fetched: 0, nowMs: 0 };
  const fetch = async (imageId: string) => {
    if (imageId !== 'image') throw new ImageNotStored(imageId);
    seen.fetched += 1;
    return Readable.from([Buffer.alloc(512, 7)]);
  };
  const clock = { ...systemClock, nowMs: () => seen.nowMs };
  return { host: withFetchedImages(files, { fetch, maxBytes, clock }), seen };
}

test('a host fetches an image once for all disks that are made from it', async () => {
  using state = temporaryState();
  const { host, seen } = await openHost(state.path);
  await Promise.all([host.createRootDisk(disk('a')), host.createRootDisk(disk('b'))]);
  await host.createRootDisk(disk('c'));
  assert.equal(seen.fetched, 1);
  const strange = { ...disk('e'), imageId: 'none' };
  await assert.rejects(host.createRootDisk(strange), ImageNotStored);
  assert.deepEqual(await host.diskIds(), ['a', 'b', 'c']);
});

test('a host keeps what it fetched for a while after the last disk was made from it', async () => {
  using state = temporaryState();
  const { host, seen } = await openHost(state.path);
  await host.createRootDisk(disk('a'));
  seen.nowMs = limits.fetchedImageKeptMs - 1;
  await host.deleteDisks('a');
  await host.sweep();
  await host.createRootDisk(disk('b'));
  assert.equal(seen.fetched, 1);
  await host.deleteDisks('b');
  seen.nowMs += limits.fetchedImageKeptMs;
  await host.sweep();
  assert.deepEqual(await host.imageIds(), []);
  assert.deepEqual(readdirSync(join(state.path, 'bases')), []);
  await host.createRootDisk(disk('c'));
  assert.equal(seen.fetched, 2);
});

test('a host fetches an image beforehand, and not again for the disks made from it', async () => {
  using state = temporaryState();
  const { host, seen } = await openHost(state.path);
  await Promise.all([host.cacheImage('image'), host.cacheImage('image')]);
  await host.createRootDisk(disk('a'));
  // Only what the disk lies on is left of it: that is as good as the image.
  seen.nowMs = limits.fetchedImageKeptMs;
  await host.sweep();
  await host.cacheImage('image');
  await host.deleteDisks('a');
  await host.createRootDisk(disk('b'));
  assert.equal(seen.fetched, 1);
  await assert.rejects(host.cacheImage('none'), ImageNotStored);
});

test('what a disk lies on stays as long as the disk does', async () => {
  using state = temporaryState();
  const { host, seen } = await openHost(state.path);
  await host.createRootDisk(disk('a'));
  seen.nowMs = 2 * limits.fetchedImageKeptMs;
  await host.sweep();
  assert.deepEqual(await host.imageIds(), []);
  assert.deepEqual(readdirSync(join(state.path, 'bases')), ['image']);
  await host.createRootDisk(disk('b'));
  assert.equal(seen.fetched, 1);
  for (const id of ['a', 'b']) await host.deleteDisks(id);
  assert.deepEqual(readdirSync(join(state.path, 'bases')), []);
});

test('what an earlier process fetched is given up when nothing lies on it', async () => {
  using state = temporaryState();
  const before = await openHost(state.path);
  await before.host.createRootDisk(disk('a'));
  await before.host.deleteDisks('a');
  const { host } = await openHost(state.path);
  await host.sweep();
  assert.deepEqual(await host.imageIds(), []);
  assert.deepEqual(readdirSync(join(state.path, 'bases')), []);
});
