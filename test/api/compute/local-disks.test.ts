import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeImage, makeServer, networkId, serverBody, statusOf } from '#test/servers.ts';

const gib = 1024 ** 3;
const mib = 1024 ** 2;
const idle = (cloud: TestCloud) => cloud.cloud.services.operations.whenIdle();

/** A flavor with room for more than the root disk. @returns its id */
async function makeFlavor(cloud: TestCloud, sizes: object): Promise<string> {
  const flavor = { name: 'roomy', ram: 64, vcpus: 1, disk: 1, ...sizes };
  const made = await cloud.admin.post('/v2.1/flavors', { flavor });
  assert.equal(made.status, 200);
  return made.body.flavor.id;
}

const roomy = { 'OS-FLV-EXT-DATA:ephemeral': 4, swap: 512 };

function disksOf(cloud: TestCloud, id: string): [string, number][] {
  const disks = [...(cloud.hosts.storage.blankDisks.get(id)?.values() ?? [])];
  return disks.map(({ name, sizeBytes }) => [name, sizeBytes]);
}

const rolesOf = (cloud: TestCloud, id: string) =>
  cloud.hosts.hypervisor.guests.get(id)?.spec?.disks.map(({ role }) => role);

test('a server has the ephemeral disk and swap of its flavor, and takes them along', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const flavorRef = await makeFlavor(cloud, roomy);
  const id = await makeServer(cloud, { flavorRef, config_drive: true });
  assert.equal(await statusOf(demo, id), 'ACTIVE');
  assert.deepEqual(disksOf(cloud, id), [
    ['ephemeral0', 4 * gib],
    ['swap', 512 * mib],
  ]);
  assert.deepEqual(rolesOf(cloud, id), ['root', 'ephemeral', 'swap', 'config-drive']);
  const swap = cloud.hosts.storage.blankDisks.get(id)?.get('swap');
  assert.equal(swap?.content, 'swap-signature');

  const { processId } = cloud.hosts.hypervisor.guests.get(id) ?? {};
  await cloud.restart();
  assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
  assert.equal(cloud.hosts.hypervisor.guests.get(id)?.processId, processId);
  for (const action of [{ 'os-stop': null }, { 'os-start': null }]) {
    await cloud.demo.post(`/v2.1/servers/${id}/action`, action);
    await idle(cloud);
  }
  assert.equal(await statusOf(cloud.demo, id), 'ACTIVE');
  assert.equal(cloud.hosts.storage.blankDisks.get(id)?.get('swap'), swap);
  assert.equal(rolesOf(cloud, id)?.length, 4);
  await cloud.demo.delete(`/v2.1/servers/${id}`);
  await idle(cloud);
  assert.deepEqual(cloud.hosts.leftovers(), { guests: [], ports: [], disks: [] });
});

test('blank devices share out what the flavor has, and no more', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const flavorRef = await makeFlavor(cloud, roomy);
  const imageRef = await makeImage(demo);
  const image = { boot_index: 0, uuid: imageRef, source_type: 'image', destination_type: 'local' };
  const blank = { source_type: 'blank', destination_type: 'local' };
  const half = { ...blank, volume_size: 2 };
  const swap = { ...blank, guest_format: 'swap' };
  const networks = [{ uuid: await networkId(demo) }];
  const create = (devices: object[]) => {
    const mapping = { block_device_mapping_v2: [image, ...devices] };
    const server = { name: 'one', imageRef, flavorRef, networks, ...mapping };
    return demo.post('/v2.1/servers', { server });
  };
  const made = async (...devices: object[]) => {
    const { status, body } = await create(devices);
    assert.equal(status, 202, JSON.stringify(body));
    await idle(cloud);
    return disksOf(cloud, body.server.id);
  };
  const whole = ['ephemeral0', 4 * gib];
  assert.deepEqual(await made(half, half), [
    ['ephemeral0', 2 * gib],
    ['ephemeral1', 2 * gib],
    ['swap', 512 * mib],
  ]);
  assert.deepEqual(await made({ ...swap, volume_size: 64 }), [whole, ['swap', 64 * mib]]);
  assert.deepEqual(await made(blank, swap), [whole, ['swap', 512 * mib]]);
  for (const [devices, sentence] of [
    [[half, { ...half, volume_size: 3 }], /Ephemeral disks requested are larger/],
    [[blank, half], /Ephemeral disks requested are larger/],
    [[{ ...swap, volume_size: 513 }], /Swap drive requested is larger/],
    [[swap, swap], /More than one swap drive/],
  ] as const) {
    const { status, body } = await create([...devices]);
    assert.equal(status, 400);
    assert.match(body.badRequest.message, sentence);
  }
});

test('local disks are counted where a server is placed', async () => {
  await using cloud = await startTestCloud({ hosts: [{ name: 'small', diskGib: 11 }] });
  const { demo, admin } = cloud;
  const flavorRef = await makeFlavor(cloud, roomy);
  // 1 GiB of root disk, 4 of ephemeral one, and half a GiB of swap that counts as a whole one.
  const first = await makeServer(cloud, { flavorRef });
  assert.equal(await statusOf(demo, first), 'ACTIVE');
  const used = async () => {
    const { body } = await admin.get('/v2.1/os-hypervisors/detail');
    return body.hypervisors[0].local_gb_used;
  };
  assert.equal(await used(), 6);
  const second = await makeServer(cloud, { flavorRef });
  assert.equal(await statusOf(demo, second), 'ERROR');
  await demo.delete(`/v2.1/servers/${first}`);
  await idle(cloud);
  assert.equal(await used(), 0);
});

test('a server whose blank disk cannot be made is in error, and nothing is left', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const flavorRef = await makeFlavor(cloud, roomy);
  cloud.hosts.storage.failNext('createBlankDisk');
  const made = await demo.post('/v2.1/servers', await serverBody(demo, { flavorRef }));
  await idle(cloud);
  assert.equal(await statusOf(demo, made.body.server.id), 'ERROR');
  assert.deepEqual(cloud.hosts.leftovers(), { guests: [], ports: [], disks: [] });
});
