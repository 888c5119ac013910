import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { test } from 'node:test';
import { run } from '#base/process.ts';
import {
  type BlankDiskSpec,
  DiskTooSmall,
  ImageNotStored,
  ImageTooLarge,
  type RootDiskSpec,
  type StorageDriver,
} from '#drivers/storage/storage.ts';
import { configDrivePromises } from './config-drive-promises.ts';
import { disksAsidePromises } from './disks-aside-promises.ts';
import { exportPromises } from './export-promises.ts';
import { formerDiskPromises } from './former-disk-promises.ts';
import { movedDiskPromises } from './moved-disk-promises.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Something that keeps what drivers opened on it wrote: a folder, a simulated host. */
export interface StorageHost extends AsyncDisposable {
  open(): Promise<StorageDriver>;
}

export const mib = 1024 * 1024;
const noLimit = 1024 * mib;

export async function* chunksOf(...chunks: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

export async function contentOf(stream: Readable): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString('latin1');
}

export function rootDisk(change: Partial<RootDiskSpec> = {}): RootDiskSpec {
  return { diskId: 'server-1', imageId: 'image-1', imageFormat: 'raw', sizeBytes: 0, ...change };
}

export function blankDisk(change: Partial<BlankDiskSpec> = {}): BlankDiskSpec {
  const disk = { diskId: 'server-1', name: 'ephemeral0', sizeBytes: mib };
  return { ...disk, content: 'nothing', ...change };
}

/** The bytes of a fresh qcow2 of that virtual size. */
export async function qcow2Bytes(sizeBytes: number): Promise<Buffer> {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/image.qcow2`;
  await run('qemu-img', ['create', '-q', '-f', 'qcow2', path, `${sizeBytes}`]);
  return readFile(path);
}

/** What every storage driver promises; `makeHost` gives an empty host for each promise. */
export function storageContract(kind: string, makeHost: () => Promise<StorageHost>): void {
  const promise = (name: string, body: (driver: StorageDriver, host: StorageHost) => unknown) =>
    test(`${kind} storage: ${name}`, async () => {
      await using host = await makeHost();
      await body(await host.open(), host);
    });
  imagePromises(promise);
  configDrivePromises((name, body) => promise(name, (driver) => body(driver)));
  movedDiskPromises((name, body) => promise(name, (driver) => body(driver)));
  disksAsidePromises((name, body) => promise(name, (driver) => body(driver)));
  brokenWritePromises(promise);
  diskPromises(promise);
  formerDiskPromises(promise);
  exportPromises(promise);
}

export type DeclarePromise = (
  name: string,
  body: (driver: StorageDriver, host: StorageHost) => unknown,
) => void;

function imagePromises(promise: DeclarePromise): void {
  promise('an image comes back as it was written, with its hashes', async (driver, host) => {
    const bytes = randomBytes(300_000);
    const pieces = [bytes.subarray(0, 7), bytes.subarray(7, 100_000), bytes.subarray(100_000)];
    const stored = await driver.writeImage('image-1', chunksOf(...pieces), noLimit);
    assert.deepEqual(stored, {
      sizeBytes: bytes.length,
      md5: createHash('md5').update(bytes).digest('hex'),
      sha512: createHash('sha512').update(bytes).digest('hex'),
    });
    const again = await host.open();
    const content = await contentOf(await again.readImage('image-1'));
    assert.equal(content, bytes.toString('latin1'));
    assert.equal(await again.imageSize('image-1'), bytes.length);
    assert.deepEqual(await again.imageIds(), ['image-1']);
  });

  promise('a range of an image is read alone, its last byte included', async (driver) => {
    await driver.writeImage('image-1', chunksOf('0123456789'), noLimit);
    const part = async (start: number, end?: number) =>
      contentOf(await driver.readImage('image-1', end === undefined ? { start } : { start, end }));
    assert.equal(await part(2, 4), '234');
    assert.equal(await part(7), '789');
    assert.equal(await part(8, 100), '89');
    assert.equal(await part(0, 0), '0');
  });

  promise('an image of no bytes is an image', async (driver) => {
    const stored = await driver.writeImage('image-1', chunksOf(), noLimit);
    assert.equal(stored.sizeBytes, 0);
    assert.equal(await driver.imageSize('image-1'), 0);
    assert.equal(await contentOf(await driver.readImage('image-1')), '');
  });

  promise('an image that is not stored has no size and cannot be read', async (driver) => {
    assert.equal(await driver.imageSize('image-1'), undefined);
    await assert.rejects(driver.readImage('image-1'), ImageNotStored);
    await assert.rejects(driver.createRootDisk(rootDisk()), ImageNotStored);
  });

  promise('deleting an image twice is deleting it once', async (driver) => {
    await driver.writeImage('image-1', chunksOf('data'), noLimit);
    await driver.deleteImage('image-1');
    await driver.deleteImage('image-1');
    assert.deepEqual(await driver.imageIds(), []);
    await assert.rejects(driver.readImage('image-1'), ImageNotStored);
  });

  promise('an image written again has the newer data', async (driver) => {
    await driver.writeImage('image-1', chunksOf('older and longer'), noLimit);
    await driver.writeImage('image-1', chunksOf('newer'), noLimit);
    assert.equal(await contentOf(await driver.readImage('image-1')), 'newer');
  });
}

function brokenWritePromises(promise: DeclarePromise): void {
  promise('data beyond the limit are refused and not kept', async (driver) => {
    const write = driver.writeImage('image-1', chunksOf('12345', '67890', 'x'), 10);
    await assert.rejects(write, (error) => error instanceof ImageTooLarge && error.maxBytes === 10);
    assert.deepEqual(await driver.imageIds(), []);
    await driver.writeImage('image-1', chunksOf('12345', '67890'), 10);
  });

  promise('a stream past the limit is not read to its end', async (driver) => {
    let ended = false;
    async function* endless() {
      try {
        for (;;) yield Buffer.alloc(1000);
      } finally {
        ended = true;
      }
    }
    await assert.rejects(driver.writeImage('image-1', endless(), 10_000), ImageTooLarge);
    assert.ok(ended);
  });

  promise('a stream that breaks leaves the image as it was', async (driver) => {
    async function* broken() {
      yield Buffer.from('half of');
      throw new Error('the client went away');
    }
    await assert.rejects(driver.writeImage('image-1', broken(), noLimit), /went away/);
    assert.deepEqual(await driver.imageIds(), []);
    await driver.writeImage('image-1', chunksOf('whole'), noLimit);
    await assert.rejects(driver.writeImage('image-1', broken(), noLimit), /went away/);
    assert.equal(await contentOf(await driver.readImage('image-1')), 'whole');
  });
}

function diskPromises(promise: DeclarePromise): void {
  promise('a root disk made again is the one that is there', async (driver, host) => {
    await driver.writeImage('image-1', chunksOf(Buffer.alloc(mib)), noLimit);
    const first = await driver.createRootDisk(rootDisk({ sizeBytes: 4 * mib }));
    const again = await (await host.open()).createRootDisk(rootDisk({ sizeBytes: 8 * mib }));
    assert.deepEqual(again, first);
    assert.deepEqual(await driver.diskIds(), ['server-1']);
  });

  promise('a disk smaller than its image is refused and not made', async (driver) => {
    await driver.writeImage('image-1', chunksOf(Buffer.alloc(2 * mib)), noLimit);
    const tooSmall = rootDisk({ sizeBytes: mib });
    await assert.rejects(driver.createRootDisk(tooSmall), (error) => {
      assert.ok(error instanceof DiskTooSmall);
      assert.equal(error.imageVirtualSizeBytes, 2 * mib);
      assert.match(error.message, /flavor's disk is too small/);
      return true;
    });
    await driver.writeImage('image-2', chunksOf(await qcow2Bytes(8 * mib)), noLimit);
    const qcow2 = rootDisk({ imageId: 'image-2', imageFormat: 'qcow2', sizeBytes: 4 * mib });
    await assert.rejects(driver.createRootDisk(qcow2), DiskTooSmall);
    assert.deepEqual(await driver.diskIds(), []);
    await driver.createRootDisk({ ...qcow2, sizeBytes: 8 * mib });
  });

  promise('the disks of a server go together, and may go twice', async (driver) => {
    await driver.writeImage('image-1', chunksOf(Buffer.alloc(mib)), noLimit);
    await driver.createRootDisk(rootDisk());
    const files = { 'openstack/latest/meta_data.json': Buffer.from('{}') };
    await driver.createConfigDrive('server-1', files);
    await driver.createConfigDrive('server-1', files);
    await driver.createConfigDrive('server-2', files);
    assert.deepEqual(await driver.diskIds(), ['server-1', 'server-2']);
    await driver.deleteDisks('server-1');
    await driver.deleteDisks('server-1');
    assert.deepEqual(await driver.diskIds(), ['server-2']);
  });

  promise('blank disks are made once, and go with the root disk', async (driver, host) => {
    await driver.writeImage('image-1', chunksOf(Buffer.alloc(mib)), noLimit);
    const swap = blankDisk({ name: 'swap', content: 'swap-signature' });
    const first = await driver.createBlankDisk(blankDisk());
    const second = await driver.createBlankDisk(swap);
    assert.notDeepEqual(first, second);
    const next = await host.open();
    assert.deepEqual(await next.createBlankDisk(blankDisk({ sizeBytes: 2 * mib })), first);
    assert.deepEqual(await next.createBlankDisk(swap), second);
    assert.deepEqual(await driver.diskIds(), ['server-1']);
    await driver.createBlankDisk(blankDisk({ diskId: 'server-10' }));
    await driver.createRootDisk(rootDisk());
    await driver.deleteDisks('server-1');
    await driver.deleteDisks('server-1');
    assert.deepEqual(await driver.diskIds(), ['server-10']);
    await driver.sweep();
    assert.deepEqual(await driver.diskIds(), ['server-10']);
  });

  promise('deleting an image and sweeping leave disks and images in use alone', async (driver) => {
    await driver.writeImage('image-1', chunksOf(Buffer.alloc(mib)), noLimit);
    await driver.writeImage('image-2', chunksOf('data'), noLimit);
    await driver.createRootDisk(rootDisk());
    await driver.deleteImage('image-1');
    await driver.sweep();
    assert.deepEqual(await driver.diskIds(), ['server-1']);
    assert.deepEqual(await driver.imageIds(), ['image-2']);
    await driver.createRootDisk(rootDisk());
  });
}
