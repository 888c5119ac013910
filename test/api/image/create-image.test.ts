import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { createImage, imagesPath } from './images.ts';

describe('POST /v2/images', () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud[Symbol.asyncDispose]());

  test('records an image that waits for its data, with defaults as Glance has them', async () => {
    const answer = await cloud.demo.post(imagesPath, { name: 'plain' });
    assert.equal(answer.status, 201);
    const { id, created_at, updated_at, ...rest } = answer.body;
    assert.match(id, /^[0-9a-f-]{36}$/);
    assert.match(created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.equal(updated_at, created_at);
    assert.deepEqual(rest, {
      name: 'plain',
      status: 'queued',
      visibility: 'shared',
      owner: cloud.demo.projectId,
      disk_format: null,
      container_format: null,
      size: null,
      virtual_size: null,
      checksum: null,
      os_hash_algo: null,
      os_hash_value: null,
      protected: false,
      os_hidden: false,
      min_disk: 0,
      min_ram: 0,
      tags: [],
      self: `/v2/images/${id}`,
      file: `/v2/images/${id}/file`,
      schema: '/v2/schemas/image',
    });
    assert.equal(answer.headers.get('location'), `${cloud.url}${imagesPath}/${id}`);
    const shown = await cloud.demo.get(`${imagesPath}/${id}`);
    assert.deepEqual(shown.body, answer.body);
  });

  test('keeps attributes, tags and free-form properties', async () => {
    const asked = {
      name: null,
      disk_format: 'qcow2',
      container_format: 'bare',
      visibility: 'private',
      protected: true,
      os_hidden: true,
      min_disk: 3,
      min_ram: 64,
      tags: ['b', 'a', 'b'],
      os_distro: 'debian',
      constructor: 'a property like any other',
    };
    const id = await createImage(cloud.demo, asked);
    const { body } = await cloud.demo.get(`${imagesPath}/${id}`);
    const expected = { ...asked, tags: ['a', 'b'] };
    for (const [name, value] of Object.entries(expected)) assert.deepEqual(body[name], value, name);
  });

  test('takes the id that is asked for, once and for all', async () => {
    const id = '0B2173DD-7AD6-4362-BAA6-A68BCE3565CB';
    assert.equal(await createImage(cloud.demo, { id }), id.toLowerCase());
    const again = await cloud.admin.post(imagesPath, { id });
    assert.equal(again.status, 409);
    await cloud.demo.delete(`${imagesPath}/${id}`);
    const afterDeletion = await cloud.demo.post(imagesPath, { id: id.toLowerCase() });
    assert.equal(afterDeletion.status, 409);
  });

  test('refuses what does not fit the schema with 400 and names it', async () => {
    const unfit: Record<string, unknown>[] = [
      { name: 7 },
      { name: 'x'.repeat(256) },
      { id: 'not-a-uuid' },
      { disk_format: 'floppy' },
      { container_format: 'box' },
      { visibility: 'secret' },
      { protected: 'yes' },
      { min_disk: -1 },
      { min_ram: 2 ** 31 },
      { tags: 'a' },
      { tags: ['x'.repeat(256)] },
      { os_distro: 7 },
      { os_distro: null },
      { ['p'.repeat(256)]: 'long name' },
    ];
    for (const body of unfit) {
      const answer = await cloud.demo.post(imagesPath, body, { accept: 'application/json' });
      assert.equal(answer.status, 400, JSON.stringify(body).slice(0, 60));
      assert.match(answer.body.message, /does not match schema 'image'/);
    }
    for (const body of ['{', '[]', '"x"', '', '{"name":"nul\\u0000"}']) {
      const answer = await cloud.demo.post(imagesPath, body, {
        'content-type': 'application/json',
      });
      assert.equal(answer.status, 400, body);
    }
  });

  test('refuses attributes that only the service sets with 403', async () => {
    for (const [name, value] of [
      ['status', 'active'],
      ['size', 5],
      ['checksum', 'x'],
      ['created_at', '2020-01-01T00:00:00Z'],
      ['self', '/'],
      ['direct_url', 'file:///etc/passwd'],
      ['location', 'file:///etc/passwd'],
      ['locations', [{ url: 'file:///etc/passwd', metadata: {} }]],
      ['deleted', 'false'],
      ['os_glance_import_task', 'x'],
    ] as const) {
      const answer = await cloud.demo.post(imagesPath, { [name]: value });
      assert.equal(answer.status, 403, name);
    }
  });

  test('leaves publishing and giving away to administrators', async () => {
    const published = await cloud.demo.post(imagesPath, { visibility: 'public' });
    assert.equal(published.status, 403);
    assert.match(published.body, /ims:images:publish/);
    const given = await cloud.demo.post(imagesPath, { owner: 'someone-else' });
    assert.equal(given.status, 403);
    const byAdmin = await cloud.admin.post(imagesPath, {
      visibility: 'public',
      owner: cloud.demo.projectId,
    });
    assert.equal(byAdmin.status, 201);
    assert.equal(byAdmin.body.owner, cloud.demo.projectId);
  });

  test('refuses more tags or properties than the quota with 413', async () => {
    const names = Array.from({ length: 129 }, (_, index) => `n${index}`);
    const tags = await cloud.demo.post(imagesPath, { tags: names });
    assert.equal(tags.status, 413);
    const properties = Object.fromEntries(names.map((name) => [name, 'v']));
    assert.equal((await cloud.demo.post(imagesPath, properties)).status, 413);
  });

  test('is for members with a token', async () => {
    const reader = await cloud.userOf('demo', 'reader');
    assert.equal((await reader.post(imagesPath, {})).status, 403);
    assert.equal((await cloud.nobody.post(imagesPath, {})).status, 401);
  });
});
