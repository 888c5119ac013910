import assert from 'node:assert/strict';
import type { StorageDriver } from '#drivers/storage/storage.ts';
import { blankDisk, chunksOf, rootDisk } from './contract.ts';

type Promised = (name: string, body: (driver: StorageDriver) => Promise<void>) => void;

const noLimit = 1024 ** 3;

async function makeAll(driver: StorageDriver): Promise<void> {
  await driver.writeImage('image-1', chunksOf(Buffer.alloc(512, 1)), noLimit);
  await driver.writeImage('image-2', chunksOf(Buffer.alloc(1024, 2)), noLimit);
  await driver.createRootDisk(rootDisk());
  await driver.createConfigDrive('server-1', { one: Buffer.from('1') });
  await driver.createBlankDisk(blankDisk());
}

/** Disks that another takes the place of, and that can come back. */
export function disksAsidePromises(promise: Promised): void {
  promise('disks that are aside make room for others, and come back', async (driver) => {
    await makeAll(driver);
    await driver.putDisksAside('server-1', false);
    // As after a crash, when it is not known to be done.
    await driver.putDisksAside('server-1', false);
    await driver.createRootDisk(rootDisk({ imageId: 'image-2' }));
    await driver.bringDisksBack('server-1');
    await driver.bringDisksBack('server-1');
    await driver.deleteImage('image-1');
    // The old one is there: a new one could not be made any more.
    await driver.createRootDisk(rootDisk());
    assert.deepEqual(await driver.diskIds(), ['server-1']);
    await driver.deleteDisks('server-1');
    assert.deepEqual(await driver.diskIds(), []);
  });

  promise('what is aside is gone with the server, or when it is dropped', async (driver) => {
    await makeAll(driver);
    await driver.putDisksAside('server-1', true);
    await driver.deleteDisks('server-1');
    assert.deepEqual(await driver.diskIds(), []);
    await driver.createRootDisk(rootDisk());
    await driver.putDisksAside('server-1', false);
    await driver.dropDisksAside('server-1');
    assert.deepEqual(await driver.diskIds(), []);
    await driver.bringDisksBack('server-1');
    assert.deepEqual(await driver.diskIds(), []);
  });
}
