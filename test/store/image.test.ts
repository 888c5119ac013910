import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { randomIds } from '#base/ids.ts';
import { silentLog } from '#base/log.ts';
import type { Database } from '#db/database.ts';
import { SimulatedStorageHost } from '#drivers/storage/simulated/simulated-host.ts';
import { listUnremovedData } from '#image/data/store.ts';
import { uploadImage } from '#image/data/upload.ts';
import { createImage } from '#image/images/create.ts';
import { deleteImage } from '#image/images/delete.ts';
import { mayView } from '#image/images/image.ts';
import { moveImage } from '#image/images/store.ts';
import { listImages } from '#image/listing/list.ts';
import { createImages, type Image, type ImageService } from '#image/service.ts';
import { actorWithRoles, systemActor } from '#policy/actor.ts';
import { allow, listScope } from '#policy/engine.ts';
import { type DatabaseUnderTest, eachDatabase } from '#test/databases.ts';
import { temporaryState } from '#test/state.ts';

const actor = systemActor('project-1');

/** The service as a new process would open it on this database and these disks. */
function open(database: Database, host: SimulatedStorageHost): ImageService {
  const storage = host.openStorage();
  return createImages({ database, clock: systemClock, ids: randomIds, log: silentLog, storage });
}

function queue({ context }: ImageService, attributes: object = {}): Promise<Image> {
  return createImage(context, actor, {
    disk_format: 'raw',
    container_format: 'bare',
    ...attributes,
  });
}

function permitted(image: Image) {
  const target = allow(actor, image, mayView);
  assert.ok(target);
  return target;
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, 'latin1');
}

function incoming(text: string) {
  return { chunks: bytes(text), announcedBytes: undefined };
}

function fill({ context }: ImageService, image: Image): Promise<void> {
  return uploadImage(context, actor, permitted(image), incoming('some data'));
}

eachDatabase('images', (under) => {
  declareListing(under);
  declareUploads(under);
  declareRestarts(under);
  declareSeeding(under);
});

function declareListing(under: DatabaseUnderTest): void {
  test('every order pages through every image once, absent values included', async () => {
    await using opened = await under.open();
    const service = open(opened.database, new SimulatedStorageHost());
    for (const name of [null, 'a', 'b', null, 'B', 'ä', '']) await queue(service, { name });
    await fill(service, await queue(service, { name: 'full', disk_format: 'raw' }));
    const scope = listScope(actor, true, 'ims:images:list');
    for (const key of ['name', 'size', 'status', 'disk_format', 'created_at', 'id']) {
      for (const direction of ['asc', 'desc']) {
        const seen: string[] = [];
        let marker: string | undefined;
        do {
          const query = { limit: '3', sort: `${key}:${direction}`, ...(marker && { marker }) };
          const page = await listImages(service.context, actor, scope, query);
          seen.push(...page.images.map((image) => image.id));
          marker = page.nextMarker;
        } while (marker !== undefined);
        assert.equal(seen.length, 8, `${key} ${direction}`);
        assert.equal(new Set(seen).size, 8, `${key} ${direction}`);
      }
    }
  });

  test('every filter means the same on both databases', async () => {
    await using opened = await under.open();
    const service = open(opened.database, new SimulatedStorageHost());
    const scope = listScope(actor, true, 'ims:images:list');
    await queue(service, { name: 'one', tags: ['x', 'y'], color: 'red', protected: true });
    await queue(service, { name: 'two', tags: ['x'], min_ram: 7, os_hidden: true });
    await fill(service, await queue(service, { name: 'three' }));
    for (const [query, expected] of [
      [{}, ['one', 'three']],
      [{ name: 'in:one,three,ONE' }, ['one', 'three']],
      [{ tag: ['x', 'y'] }, ['one']],
      [{ color: 'red' }, ['one']],
      [{ protected: 'true' }, ['one']],
      [{ os_hidden: 'true', min_ram: '7' }, ['two']],
      [{ size_min: '9', size_max: '9' }, ['three']],
      [{ size_max: '999999999999999' }, ['three']],
      [{ created_at: 'neq:2001-01-01T00:00:00Z' }, ['one', 'three']],
      [{ updated_at: 'lte:2001-01-01' }, []],
      [{ status: 'active', visibility: 'shared', owner: 'project-1' }, ['three']],
    ] as const) {
      const page = await listImages(service.context, actor, scope, query as never);
      assert.deepEqual(page.images.map((image) => image.name).sort(), expected);
    }
  });
}

function declareUploads(under: DatabaseUnderTest): void {
  test('only one of two who claim an image moves it', async () => {
    await using opened = await under.open();
    const { database } = opened;
    const service = open(database, new SimulatedStorageHost());
    const { id } = await queue(service);
    const claims = ['a', 'b'].map((uploadId) =>
      moveImage(
        database.queries,
        id,
        { status: 'queued', uploadId: null },
        { status: 'saving', upload_id: uploadId },
      ),
    );
    const moved = (await Promise.all(claims)).filter((row) => row !== undefined);
    assert.equal(moved.length, 1);
  });

  test('a storage that fails leaves the image queued', async () => {
    await using opened = await under.open();
    const host = new SimulatedStorageHost();
    const service = open(opened.database, host);
    const image = await queue(service);
    host.failNext('writeImage', { when: 'after' });
    await assert.rejects(fill(service, image), /simulated failure/);
    assert.equal((await service.find(image.id))?.status, 'queued');
    assert.equal(host.images.size, 0);
    host.failNext('deleteImage');
    const unfit = incoming('QFI\xfb\0\0\0\x03');
    await assert.rejects(uploadImage(service.context, actor, permitted(image), unfit), {
      code: 'InvalidImageData',
    });
    assert.equal((await service.find(image.id))?.status, 'queued');
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    host.failNext('writeImage', { error: full });
    await assert.rejects(fill(service, image), { kind: 'too-large' });
    await fill(service, image);
  });
}

function declareRestarts(under: DatabaseUnderTest): void {
  test('what a killed process was uploading is queued again and its data are removed', async () => {
    await using opened = await under.open();
    const host = new SimulatedStorageHost();
    const before = open(opened.database, host);
    const image = await queue(before);
    const claim = { status: 'saving', upload_id: 'lost' } as const;
    const queued = { status: 'queued', uploadId: null } as const;
    await moveImage(opened.database.queries, image.id, queued, claim);
    host.images.set(image.id, Buffer.from('all of it, but not inspected'));
    const after = open(opened.database, host);
    await after.start();
    assert.equal((await after.find(image.id))?.status, 'queued');
    assert.equal(host.images.size, 0);
    await fill(after, image);
    assert.equal((await after.find(image.id))?.status, 'active');
  });

  test('data whose removal failed or was never begun are removed at the next start', async () => {
    await using opened = await under.open();
    const host = new SimulatedStorageHost();
    const before = open(opened.database, host);
    const image = await queue(before);
    const kept = await queue(before);
    await fill(before, image);
    await fill(before, kept);
    host.failNext('deleteImage');
    await deleteImage(before.context, actor, permitted(image));
    await before.whenIdle();
    assert.equal(await before.find(image.id), undefined);
    host.images.set(randomIds.uuid(), Buffer.from('of no image'));
    assert.equal(host.images.size, 3);
    const after = open(opened.database, host);
    await after.start();
    assert.deepEqual([...host.images.keys()], [kept.id]);
    assert.deepEqual(await listUnremovedData(opened.database.queries), []);
  });
}

function declareSeeding(under: DatabaseUnderTest): void {
  test('seeding twice makes one image, seeding other data leaves one in the lists', async () => {
    using state = temporaryState();
    await using opened = await under.open();
    const service = open(opened.database, new SimulatedStorageHost());
    const file = join(state.path, 'disk');
    const seeded = { name: 'tiny', file, diskFormat: 'raw', ownerId: 'project-1' } as const;
    const anyone = actorWithRoles('project-2', ['member']);
    const scope = listScope(anyone, false, 'ims:images:list');
    const list = async () =>
      (await listImages(service.context, anyone, scope, { name: 'tiny' })).images;
    writeFileSync(file, 'first');
    await service.seed(seeded);
    await service.seed(seeded);
    const [first, ...none] = await list();
    assert.ok(first);
    assert.equal(none.length, 0);
    assert.deepEqual([first.status, first.visibility], ['active', 'public']);
    writeFileSync(file, 'second');
    await service.seed(seeded);
    const [second, ...more] = await list();
    assert.equal(more.length, 0);
    assert.notEqual(second?.id, first.id);
    assert.equal((await service.findVisible(anyone, first.id))?.status, 'active');
  });
}
