import assert from 'node:assert/strict';
import { DiskNotThere, type StorageDriver } from '#drivers/storage/storage.ts';
import { chunksOf, contentOf, mib, qcow2Bytes, rootDisk } from './contract.ts';

type Promises = (name: string, body: (driver: StorageDriver) => unknown) => void;

export function exportPromises(promise: Promises): void {
  promise('a root disk goes out as one qcow2 of its size that stands alone', async (driver) => {
    await driver.writeImage('image-1', chunksOf(await qcow2Bytes(mib)), 64 * mib);
    await driver.createRootDisk(rootDisk({ imageFormat: 'qcow2', sizeBytes: 2 * mib }));
    const bytes = Buffer.from(await contentOf(await driver.exportRootDisk('server-1')), 'latin1');
    assert.equal(bytes.readBigUInt64BE(24), BigInt(2 * mib));
    // No name of a file that it would lie on.
    assert.equal(bytes.readBigUInt64BE(8), 0n);
    // The disk itself is as before, and an image of the copy makes disks again.
    await driver.writeImage('image-2', chunksOf(bytes), 64 * mib);
    const again = rootDisk({ diskId: 'server-2', imageId: 'image-2', imageFormat: 'qcow2' });
    await driver.createRootDisk(again);
    assert.deepEqual(await driver.diskIds(), ['server-1', 'server-2']);
  });

  promise('a root disk that is not there does not go out', async (driver) => {
    await assert.rejects(driver.exportRootDisk('server-1'), DiskNotThere);
  });
}
