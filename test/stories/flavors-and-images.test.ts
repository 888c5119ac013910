import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Clients, rowsOf, StoryCloud } from './clients.ts';

describe('chapters 6 and 7 with the unmodified clients: flavors and images', () => {
  let story: StoryCloud;
  let demo: Clients;
  let admin: Clients;

  before(async () => {
    story = await StoryCloud.open();
    [demo, admin] = [story.as('cumulet'), story.as('cumulet-admin')];
  });
  after(() => story?.close());

  test('everyone sees the flavors of the first start', async () => {
    const flavors = await demo.show<{ Name: string; VCPUs: number }[]>('flavor list');
    const nano = flavors.find((flavor) => flavor.Name === 'm1.nano');
    assert.equal(nano?.VCPUs, 1);
    assert.equal(flavors.length, 6);
  });

  test('an administrator makes a private flavor, and grants it to one project', async () => {
    await admin.openstack('flavor create --private --vcpus 2 --ram 128 --disk 1 hidden');
    await admin.openstack('flavor set --property hw:cpu_policy=shared hidden');
    await assert.rejects(demo.openstack('flavor show hidden'), /No flavor/i);
    await admin.openstack('flavor set --project demo hidden');
    const flavor = await demo.show<{ properties: object }>('flavor show hidden');
    assert.deepEqual(flavor.properties, { 'hw:cpu_policy': 'shared' });
  });

  test('nova describes a flavor, and shows what it said', async () => {
    await admin.nova('--os-compute-api-version 2.55 flavor-update hidden', ['small and private']);
    const [row] = rowsOf(
      await admin.nova('--os-compute-api-version 2.55 flavor-show hidden'),
    ).filter((cells) => cells.Property === 'description');
    assert.equal(row?.Value, 'small and private');
  });

  test('a flavor that is deleted is gone', async () => {
    await admin.openstack('flavor delete hidden');
    await assert.rejects(admin.openstack('flavor show hidden'), /No flavor/i);
  });

  test('compute shows images as it always did', async () => {
    const { body } = await story.cloud.demo.get('/v2.1/images/detail?name=tiny');
    assert.equal(body.images.length, 1);
    assert.equal(body.images[0].status, 'ACTIVE');
  });
});
