import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SimulatedStorageHost } from '#drivers/storage/simulated/simulated-host.ts';
import { chunksOf, rootDisk, storageContract } from './contract.ts';

storageContract('simulated', async () => {
  const host = new SimulatedStorageHost();
  return { open: async () => host.openStorage(), [Symbol.asyncDispose]: async () => undefined };
});

test('a simulated store fails as told: before the deed, or after it, answer lost', async () => {
  const host = new SimulatedStorageHost();
  const driver = host.openStorage();
  await driver.writeImage('image-1', chunksOf('data'), 10);
  host.failNext('createRootDisk', { times: 2, error: new Error('disk full') });
  await assert.rejects(driver.createRootDisk(rootDisk()), /disk full/);
  await assert.rejects(driver.createRootDisk(rootDisk()), /disk full/);
  assert.equal(host.rootDisks.size, 0);
  host.failNext('createRootDisk', { when: 'after' });
  await assert.rejects(driver.createRootDisk(rootDisk()), /simulated failure/);
  assert.equal(host.rootDisks.size, 1);
  await driver.createRootDisk(rootDisk());
  assert.equal(host.calls.get('createRootDisk'), 4);
});
