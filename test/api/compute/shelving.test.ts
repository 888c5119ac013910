import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from '#base/virtual-clock.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { done } from '#test/harness.ts';
import { makeServer, statusOf } from '#test/servers.ts';

const stays = { shelvedOffloadMs: Number.POSITIVE_INFINITY };

async function snapshotsOf(cloud: TestCloud, id: string) {
  const { images } = (await cloud.demo.get(`/image/v2/images?instance_uuid=${id}`)).body;
  return images;
}

async function usedOn(cloud: TestCloud): Promise<number> {
  const { hypervisors } = (await cloud.admin.get('/v2.1/os-hypervisors/detail')).body;
  return hypervisors.reduce((sum: number, { vcpus_used }: { vcpus_used: number }) => {
    return sum + vcpus_used;
  }, 0);
}

test('a shelved server leaves its host and its disk is kept as an image', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  const addresses = (await cloud.demo.get(`/v2.1/servers/${id}/ips`)).body;
  await done(cloud, id, { shelve: null });
  const { server } = (await cloud.admin.get(`/v2.1/servers/${id}`)).body;
  assert.equal(server.status, 'SHELVED_OFFLOADED');
  assert.equal(server['OS-EXT-SRV-ATTR:host'], null);
  assert.deepEqual(cloud.hosts.leftovers(), { guests: [], ports: [], disks: [] });
  assert.equal(await usedOn(cloud), 0);
  const [image, ...others] = await snapshotsOf(cloud, id);
  assert.deepEqual(others, []);
  const { name, status, disk_format, visibility, image_type, base_image_ref } = image;
  assert.deepEqual(
    { name, status, disk_format, visibility, image_type },
    {
      name: 'one-shelved',
      status: 'active',
      disk_format: 'qcow2',
      visibility: 'private',
      image_type: 'snapshot',
    },
  );
  assert.equal(base_image_ref, server.image.id);
  // It keeps its addresses and counts against the quota as before.
  assert.deepEqual((await cloud.demo.get(`/v2.1/servers/${id}/ips`)).body, addresses);
});

test('an unshelved server comes back from its image, which is then gone', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  await done(cloud, id, { shelve: null });
  const [image] = await snapshotsOf(cloud, id);
  await done(cloud, id, { unshelve: null });
  assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
  assert.equal(cloud.hosts.storage.rootDisks.get(id)?.imageId, image.id);
  assert.equal(cloud.hosts.hypervisor.guests.get(id)?.power, 'running');
  assert.deepEqual(await snapshotsOf(cloud, id), []);
  assert.equal(await usedOn(cloud), 1);
  // From now on the disk is its own again.
  await done(cloud, id, { reboot: { type: 'HARD' } });
  assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
});

test('where servers stay when shelved, only administrators take them off their host', async () => {
  await using cloud = await startTestCloud({ config: stays });
  const id = await makeServer(cloud);
  await done(cloud, id, { shelve: null });
  assert.equal(await statusOf(cloud.demo, id), 'SHELVED');
  assert.deepEqual(cloud.hosts.leftovers().disks, [id]);
  const path = `/v2.1/servers/${id}/action`;
  assert.equal((await cloud.demo.post(path, { shelveOffload: null })).status, 403);
  assert.equal((await cloud.admin.post(path, { shelveOffload: null })).status, 202);
  await cloud.cloud.services.operations.whenIdle();
  assert.equal(await statusOf(cloud.demo, id), 'SHELVED_OFFLOADED');
  assert.deepEqual(cloud.hosts.leftovers().disks, []);
});

test('a server that stayed comes back on its own disk', async () => {
  await using cloud = await startTestCloud({ config: stays });
  const id = await makeServer(cloud);
  const disk = cloud.hosts.storage.rootDisks.get(id);
  await done(cloud, id, { shelve: null });
  await done(cloud, id, { unshelve: null });
  assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
  assert.equal(cloud.hosts.storage.rootDisks.get(id), disk);
  assert.deepEqual(await snapshotsOf(cloud, id), []);
});

test('a shelved server leaves its host by itself when its time there is over', async () => {
  const clock = new VirtualClock(Date.now());
  await using cloud = await startTestCloud({ config: { shelvedOffloadMs: 3_600_000 }, clock });
  const id = await makeServer(cloud);
  await done(cloud, id, { shelve: null });
  await clock.advance(3_000_000);
  assert.equal(await statusOf(cloud.demo, id), 'SHELVED');
  await clock.advance(1_000_000);
  const isOff = async () => (await statusOf(cloud.demo, id)) === 'SHELVED_OFFLOADED';
  await eventually('the server leaves its host', isOff);
});

test('since 2.77 a zone is named, since 2.91 a host, and a zone is let go of', async () => {
  const hosts = [
    { name: 'one', zone: 'east' },
    { name: 'two', zone: 'west' },
  ];
  await using cloud = await startTestCloud({ hosts });
  const { admin, demo } = cloud;
  const id = await makeServer(cloud, { availability_zone: 'east' });
  const path = `/v2.1/servers/${id}/action`;
  const ask = (client: typeof demo, version: string, unshelve: unknown) =>
    client.request('POST', path, { unshelve }, { 'openstack-api-version': `compute ${version}` });
  const placeOf = async () => {
    const { server } = (await admin.get(`/v2.1/servers/${id}`)).body;
    return [server['OS-EXT-SRV-ATTR:host'], server['OS-EXT-AZ:availability_zone']];
  };
  assert.equal((await ask(demo, '2.77', { availability_zone: 'west' })).status, 409);
  await done(cloud, id, { shelve: null });
  assert.equal((await ask(demo, '2.77', { availability_zone: 'south' })).status, 400);
  assert.equal((await ask(demo, '2.77', { host: 'two' })).status, 400);
  assert.equal((await ask(demo, '2.77', {})).status, 400);
  assert.equal((await ask(demo, '2.77', { availability_zone: 'west' })).status, 202);
  await cloud.cloud.services.operations.whenIdle();
  assert.deepEqual(await placeOf(), ['two', 'west']);
  await done(cloud, id, { shelve: null });
  assert.equal((await ask(demo, '2.91', { host: 'one' })).status, 403);
  assert.equal((await ask(admin, '2.91', { host: 'none' })).status, 400);
  assert.equal((await ask(admin, '2.91', { host: 'one' })).status, 409);
  assert.equal((await ask(admin, '2.91', { host: 'one', availability_zone: null })).status, 202);
  await cloud.cloud.services.operations.whenIdle();
  assert.deepEqual(await placeOf(), ['one', 'east']);
});

test('a server that no host takes stays shelved, and the action says that it failed', async () => {
  const hosts = [{ name: 'one', vcpus: 1, vcpusRatio: 1 }];
  await using cloud = await startTestCloud({ hosts });
  const id = await makeServer(cloud);
  await done(cloud, id, { shelve: null });
  const other = await makeServer(cloud);
  await done(cloud, id, { unshelve: null });
  assert.equal(await statusOf(cloud.demo, id), 'SHELVED_OFFLOADED');
  const actions = (await cloud.demo.get(`/v2.1/servers/${id}/os-instance-actions`)).body;
  assert.equal(actions.instanceActions[0].message, 'Error');
  assert.equal((await snapshotsOf(cloud, id)).length, 1);
  await cloud.demo.delete(`/v2.1/servers/${other}`);
  await cloud.cloud.services.operations.whenIdle();
  await done(cloud, id, { unshelve: null });
  assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
});

test('deleting a shelved server deletes its image', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  await done(cloud, id, { shelve: null });
  assert.equal((await cloud.demo.delete(`/v2.1/servers/${id}`)).status, 204);
  await cloud.cloud.services.operations.whenIdle();
  assert.deepEqual(await snapshotsOf(cloud, id), []);
  assert.equal(await statusOf(cloud.demo, id), 'gone');
});

test('a copy that fails leaves the server running and no image', async () => {
  await using cloud = await startTestCloud();
  const id = await makeServer(cloud);
  cloud.hosts.storage.failNext('exportRootDisk');
  await done(cloud, id, { shelve: null });
  assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
  assert.equal(cloud.hosts.hypervisor.guests.get(id)?.power, 'running');
  assert.deepEqual(await snapshotsOf(cloud, id), []);
});
