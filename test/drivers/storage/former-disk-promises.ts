import assert from 'node:assert/strict';
import type { DiskReplacement, StorageDriver } from '#drivers/storage/storage.ts';
import { chunksOf, type DeclarePromise, mib, rootDisk } from './contract.ts';

async function withDisk(driver: StorageDriver): Promise<void> {
  await driver.writeImage('image-1', chunksOf(Buffer.alloc(mib)), 100 * mib);
  await driver.createRootDisk(rootDisk({ sizeBytes: 4 * mib }));
}

function larger(rootMib: number): DiskReplacement {
  return { diskId: 'server-1', rootBytes: rootMib * mib, blanks: [] };
}

/** Disks that others replace, until one of both is given up. */
export function formerDiskPromises(promise: DeclarePromise): void {
  promise('a disk that was replaced is no disk of its own', async (driver, host) => {
    await withDisk(driver);
    await driver.replaceDisks(larger(8));
    await (await host.open()).replaceDisks(larger(8));
    assert.deepEqual(await driver.diskIds(), ['server-1']);
    await driver.dropFormerDisks('server-1');
    await driver.dropFormerDisks('server-1');
    assert.deepEqual(await driver.diskIds(), ['server-1']);
  });

  promise('what replaced a disk is given up, and may be so twice', async (driver) => {
    await withDisk(driver);
    await driver.restoreDisks('server-1');
    await driver.replaceDisks(larger(8));
    await driver.restoreDisks('server-1');
    await driver.restoreDisks('server-1');
    assert.deepEqual(await driver.diskIds(), ['server-1']);
    await driver.replaceDisks(larger(16));
    await driver.dropFormerDisks('server-1');
  });

  promise('a disk that is not there cannot be replaced', async (driver) => {
    await assert.rejects(driver.replaceDisks(larger(8)));
    assert.deepEqual(await driver.diskIds(), []);
  });

  promise('former disks go with the disks of their server', async (driver) => {
    await withDisk(driver);
    await driver.replaceDisks(larger(8));
    await driver.deleteDisks('server-1');
    assert.deepEqual(await driver.diskIds(), []);
    await withDisk(driver);
    await driver.restoreDisks('server-1');
    assert.deepEqual(await driver.diskIds(), ['server-1']);
  });
}
