import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';

function ask(cloud: TestCloud, id: string, body: object, version = '2.45') {
  const headers = { 'openstack-api-version': `compute ${version}` };
  return cloud.demo.request('POST', `/v2.1/servers/${id}/action`, body, headers);
}

const idle = (cloud: TestCloud) => cloud.cloud.services.operations.whenIdle();

async function namesOf(cloud: TestCloud): Promise<string[]> {
  const { body } = await cloud.demo.get('/image/v2/images?visibility=private');
  return body.images.map((image: { name: string }) => image.name).sort();
}

describe('an image of a server', () => {
  test('has its data and says where it comes from, and another server boots it', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud);
    const asked = { createImage: { name: 'taken', metadata: { ImageType: 'Gold' } } };
    const answer = await ask(cloud, id, asked);
    assert.equal(answer.status, 202);
    const imageId = answer.body.image_id;
    const during = (await cloud.demo.get(`/v2.1/servers/${id}`)).body.server;
    assert.match(during['OS-EXT-STS:task_state'] ?? 'image_', /^image_/);
    await idle(cloud);
    const { body: image } = await cloud.demo.get(`/image/v2/images/${imageId}`);
    assert.equal(image.status, 'active');
    assert.equal(image.visibility, 'private');
    assert.equal(image.image_type, 'snapshot');
    assert.equal(image.instance_uuid, id);
    assert.equal(image.ImageType, 'Gold');
    assert.ok(image.size > 0);
    const { server } = (await cloud.demo.get(`/v2.1/servers/${id}`)).body;
    assert.equal(server['OS-EXT-STS:task_state'], null);
    assert.equal(image.base_image_ref, server.image.id);
    assert.equal(cloud.hosts.storage.snapshots.size, 0);
    const other = await makeServer(cloud, { name: 'two', imageRef: imageId });
    assert.equal((await cloud.demo.get(`/v2.1/servers/${other}`)).body.server.status, 'ACTIVE');
  });

  test('is named by a header before 2.45', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud);
    const answer = await ask(cloud, id, { createImage: { name: 'old' } }, '2.1');
    assert.match(answer.headers.get('location') ?? '', /\/image\/v2\/images\/[0-9a-f-]{36}$/);
  });

  test('is gone again when the disk cannot be copied, and the server is as before', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud);
    cloud.hosts.storage.failNext('takeSnapshot');
    const { image_id: imageId } = (await ask(cloud, id, { createImage: { name: 'x' } })).body;
    await idle(cloud);
    assert.equal((await cloud.demo.get(`/image/v2/images/${imageId}`)).status, 404);
    const { server } = (await cloud.demo.get(`/v2.1/servers/${id}`)).body;
    assert.equal(server.status, 'ACTIVE');
    assert.equal(server['OS-EXT-STS:task_state'], null);
  });

  test('that is deleted meanwhile leaves nothing, nor does a deleted server', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud);
    const { image_id: imageId } = (await ask(cloud, id, { createImage: { name: 'x' } })).body;
    await cloud.demo.delete(`/image/v2/images/${imageId}`);
    await idle(cloud);
    assert.equal((await cloud.demo.get(`/v2.1/servers/${id}`)).body.server.status, 'ACTIVE');
    assert.equal(cloud.hosts.storage.snapshots.size, 0);
    await ask(cloud, id, { createImage: { name: 'y' } });
    await cloud.demo.delete(`/v2.1/servers/${id}`);
    await idle(cloud);
    for (const name of await namesOf(cloud)) assert.notEqual(name, 'x');
    const { body } = await cloud.demo.get('/image/v2/images?status=queued');
    assert.deepEqual(body.images, []);
  });
});

describe('a backup', () => {
  test('rotates out the oldest of its type, and only that', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud);
    const backup = async (name: string, type: string, rotation: number) => {
      const createBackup = { name, backup_type: type, rotation };
      const answer = await ask(cloud, id, { createBackup });
      assert.equal(answer.status, 202);
      await idle(cloud);
      return answer.body;
    };
    await backup('one', 'daily', 2);
    await backup('week', 'weekly', 2);
    await backup('two', 'daily', 2);
    assert.ok((await backup('three', 'daily', 2)).image_id);
    assert.deepEqual(await namesOf(cloud), ['three', 'two', 'week']);
    assert.equal((await backup('four', 'daily', 0))?.image_id, undefined);
    assert.deepEqual(await namesOf(cloud), ['week']);
  });

  test('is refused for a rotation below nothing', async () => {
    await using cloud = await startTestCloud();
    const id = await makeServer(cloud);
    const createBackup = { name: 'one', backup_type: 'daily', rotation: -1 };
    assert.equal((await ask(cloud, id, { createBackup })).status, 400);
  });
});
