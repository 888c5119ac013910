import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withSimulatedDisks } from '#drivers/storage/simulated/simulated-disks.ts';
import { SimulatedStorageHost } from '#drivers/storage/simulated/simulated-host.ts';
import { chunksOf, rootDisk, storageContract } from './contract.ts';

storageContract('simulated', async () => {
  const host = new SimulatedStorageHost();
  return { open: async () => host.openStorage(), [Symbol.asyncDispose]: async () => undefined };
});

storageContract('simulated disks over another', async () => {
  const disks = new SimulatedStorageHost();
  const images = new SimulatedStorageHost();
  return {
    open: async () => withSimulatedDisks(images.openStorage(), disks),
    [Symbol.asyncDispose]: async () => undefined,
  };
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
