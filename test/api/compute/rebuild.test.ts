import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeImage, makeServer } from '#test/servers.ts';

const missing = '5ff4a9b1-7c37-4c5b-a4f3-4b7c2e2c7e10';

function rebuild(cloud: TestCloud, id: string, asked: object, version = '2.1', root = '/v2.1') {
  const headers = { 'openstack-api-version': `compute ${version}` };
  return cloud.demo.request('POST', `${root}/servers/${id}/action`, { rebuild: asked }, headers);
}

const shown = async (cloud: TestCloud, id: string) =>
  (await cloud.admin.get(`/v2.1/servers/${id}`)).body.server;

describe('a rebuilt server', () => {
  test('has a new disk, its ports and addresses, and what was asked for', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud, { metadata: { old: '1' }, config_drive: true });
    const before = await shown(cloud, id);
    const imageRef = await makeImage(cloud.demo, { name: 'other' });
    const asked = { imageRef, name: 'anew', metadata: { fresh: '1' }, adminPass: 'Geheim-17' };
    const answer = await rebuild(cloud, id, { ...asked, description: 'two' }, '2.19');
    assert.equal(answer.status, 202);
    assert.equal(answer.body.server.status, 'REBUILD');
    assert.equal(answer.body.server.adminPass, 'Geheim-17');
    assert.match(answer.headers.get('location') ?? '', new RegExp(`/servers/${id}$`));
    await cloud.cloud.services.operations.whenIdle();
    const after = await shown(cloud, id);
    assert.equal(after.status, 'ACTIVE');
    assert.equal(after.name, 'anew');
    assert.deepEqual(after.metadata, { fresh: '1' });
    assert.equal(after.image.id, imageRef);
    assert.deepEqual(after.addresses, before.addresses);
    assert.equal(after.hostId, before.hostId);
    const { rootDisks, configDrives, disksAside } = cloud.hosts.storage;
    assert.equal(rootDisks.get(id)?.imageId, imageRef);
    assert.equal(disksAside.size, 0);
    const drive = configDrives.get(id)?.['openstack/latest/meta_data.json'] ?? new Uint8Array();
    assert.equal(JSON.parse(Buffer.from(drive).toString()).admin_pass, 'Geheim-17');
  });

  test('stays stopped where it was', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud);
    await cloud.demo.post(`/v2.1/servers/${id}/action`, { 'os-stop': null });
    await cloud.cloud.services.operations.whenIdle();
    const { image } = await shown(cloud, id);
    const url = `http://images.example/${image.id}`;
    assert.equal((await rebuild(cloud, id, { imageRef: url })).status, 202);
    await cloud.cloud.services.operations.whenIdle();
    assert.equal((await shown(cloud, id)).status, 'SHUTOFF');
  });

  test('is wholly what it was when the new disk cannot be made', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud, { metadata: { old: '1' } });
    const before = await shown(cloud, id);
    const imageRef = await makeImage(cloud.demo, { name: 'other' });
    cloud.hosts.storage.failNext('createRootDisk');
    await rebuild(cloud, id, { imageRef, name: 'anew', metadata: {} });
    await cloud.cloud.services.operations.whenIdle();
    const after = await shown(cloud, id);
    assert.equal(after.status, 'ACTIVE');
    assert.equal(after.name, before.name);
    assert.deepEqual(after.metadata, { old: '1' });
    assert.equal(after.image.id, before.image.id);
    assert.equal(cloud.hosts.storage.rootDisks.get(id)?.imageId, before.image.id);
    assert.equal(cloud.hosts.hypervisor.guests.get(id)?.power, 'running');
    assert.equal((await rebuild(cloud, id, { imageRef })).status, 202);
    await cloud.cloud.services.operations.whenIdle();
    assert.equal((await shown(cloud, id)).image.id, imageRef);
  });

  test('keeps what is on its ephemeral disks where that is asked', async () => {
    await using cloud = await startTestCloud();
    const { body } = await cloud.admin.post('/v2.1/flavors', {
      flavor: { name: 'roomy', ram: 64, vcpus: 1, disk: 1, 'OS-FLV-EXT-DATA:ephemeral': 1 },
    });
    const id = await makeServer(cloud, { flavorRef: body.flavor.id });
    const { blankDisks } = cloud.hosts.storage;
    const disk = blankDisks.get(id)?.get('ephemeral0');
    assert.ok(disk);
    const { image } = await shown(cloud, id);
    await rebuild(cloud, id, { imageRef: image.id, preserve_ephemeral: true });
    await cloud.cloud.services.operations.whenIdle();
    assert.equal(blankDisks.get(id)?.get('ephemeral0'), disk);
    await rebuild(cloud, id, { imageRef: image.id });
    await cloud.cloud.services.operations.whenIdle();
    assert.notEqual(blankDisks.get(id)?.get('ephemeral0'), disk);
  });
});

describe('a rebuild is refused', () => {
  test('for what it names and is not there, and for too much', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud);
    const { image } = await shown(cloud, id);
    const imageRef = image.id;
    assert.equal((await rebuild(cloud, id, { imageRef: missing })).status, 400);
    assert.equal((await rebuild(cloud, id, {})).status, 400);
    assert.equal((await rebuild(cloud, id, { imageRef, key_name: 'none' }, '2.54')).status, 400);
    assert.equal((await rebuild(cloud, id, { imageRef, key_name: null }, '2.53')).status, 400);
    assert.equal((await rebuild(cloud, id, { imageRef, user_data: '*' }, '2.57')).status, 400);
    const personality = [{ path: '/a', contents: 'YQ==' }];
    assert.equal((await rebuild(cloud, id, { imageRef, personality }, '2.57')).status, 400);
    const many = Array.from({ length: 129 }, (_, index) => [`k${index}`, 'v']);
    const metadata = Object.fromEntries(many);
    assert.equal((await rebuild(cloud, id, { imageRef, metadata })).status, 403);
    const large = await makeImage(cloud.demo, { name: 'large', min_ram: 1_000_000 });
    assert.equal((await rebuild(cloud, id, { imageRef: large })).status, 400);
    assert.equal((await shown(cloud, id)).status, 'ACTIVE');
  });

  test('on /v2 for a server in error, which v2.1 mends', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud);
    const { image } = await shown(cloud, id);
    await cloud.admin.post(`/v2.1/servers/${id}/action`, { 'os-resetState': { state: 'error' } });
    const asked = { imageRef: image.id };
    const root = `/v2/${cloud.demo.projectId}`;
    assert.equal((await rebuild(cloud, id, asked, '2.1', root)).status, 409);
    assert.equal((await rebuild(cloud, id, asked)).status, 202);
    await cloud.cloud.services.operations.whenIdle();
    assert.equal((await shown(cloud, id)).status, 'ACTIVE');
  });

  test('on /v2 tells the guest no password', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud, { config_drive: true });
    const { image } = await shown(cloud, id);
    const asked = { imageRef: image.id, adminPass: 'Geheim-17' };
    const answer = await rebuild(cloud, id, asked, '2.1', `/v2/${cloud.demo.projectId}`);
    assert.equal(answer.status, 202);
    await cloud.cloud.services.operations.whenIdle();
    const files = Object.values(cloud.hosts.storage.configDrives.get(id) ?? {});
    for (const file of files) assert.ok(!Buffer.from(file).includes('Geheim-17'));
  });
});
