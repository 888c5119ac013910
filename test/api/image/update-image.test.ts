import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { createActiveImage, createImage, imagesPath, patch } from './images.ts';

describe('PATCH /v2/images/{image_id}', () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud[Symbol.asyncDispose]());

  test('applies all changes in order and answers with the image', async () => {
    const id = await createImage(cloud.demo, { name: 'old', os_distro: 'debian', gone: 'x' });
    const answer = await patch(cloud.demo, id, [
      { op: 'replace', path: '/name', value: 'new' },
      { op: 'add', path: '/hw_disk_bus', value: 'virtio' },
      { op: 'replace', path: '/hw_disk_bus', value: 'scsi' },
      { op: 'add', path: '/os_distro', value: 'alpine' },
      { op: 'remove', path: '/gone' },
      { op: 'replace', path: '/tags', value: ['t'] },
      { op: 'add', path: '/with~1slash~0tilde', value: 'v' },
    ]);
    assert.equal(answer.status, 200);
    const { name, hw_disk_bus, os_distro, gone, tags } = answer.body;
    assert.deepEqual(
      { name, hw_disk_bus, os_distro, gone, tags },
      { name: 'new', hw_disk_bus: 'scsi', os_distro: 'alpine', gone: undefined, tags: ['t'] },
    );
    assert.equal(answer.body['with/slash~tilde'], 'v');
    assert.deepEqual((await cloud.demo.get(`${imagesPath}/${id}`)).body, answer.body);
  });

  test('applies none when one is refused', async () => {
    const id = await createImage(cloud.demo, { name: 'old' });
    const answer = await patch(cloud.demo, id, [
      { op: 'replace', path: '/name', value: 'new' },
      { op: 'remove', path: '/nothing' },
    ]);
    assert.equal(answer.status, 409);
    assert.equal((await cloud.demo.get(`${imagesPath}/${id}`)).body.name, 'old');
  });

  test('takes v2.0 patches, in which adding does not replace', async () => {
    const id = await createImage(cloud.demo, { os_distro: 'debian' });
    const replaced = await patch(cloud.demo, id, [{ replace: '/name', value: 'n' }], 'v2.0');
    assert.equal(replaced.body.name, 'n');
    const added = await patch(cloud.demo, id, [{ add: '/os_distro', value: 'x' }], 'v2.0');
    assert.equal(added.status, 409);
    const removed = await patch(cloud.demo, id, [{ remove: '/os_distro' }], 'v2.0');
    assert.equal(removed.body.os_distro, undefined);
    const both = [{ add: '/a', remove: '/b', value: 'v' }];
    assert.equal((await patch(cloud.demo, id, both, 'v2.0')).status, 400);
  });

  test('refuses other media types with 415 and says which it takes', async () => {
    const id = await createImage(cloud.demo);
    for (const type of ['application/json', 'application/json-patch+json', 'text/plain']) {
      const answer = await cloud.demo.patch(`${imagesPath}/${id}`, '[]', { 'content-type': type });
      assert.equal(answer.status, 415, type);
    }
    const answer = await cloud.demo.patch(`${imagesPath}/${id}`, []);
    assert.match(answer.headers.get('accept-patch') ?? '', /openstack-images-v2\.1-json-patch/);
  });

  test('refuses patches that are none with 400', async () => {
    const id = await createImage(cloud.demo);
    const unfit: unknown[] = [
      {},
      ['x'],
      [{ path: '/name', value: 'x' }],
      [{ op: 'move', path: '/name', from: '/x' }],
      [{ op: 'replace', value: 'x' }],
      [{ op: 'replace', path: 'name', value: 'x' }],
      [{ op: 'replace', path: '/name' }],
      [{ op: 'add', path: '/tags/-', value: 'x' }],
      [{ op: 'add', path: '/', value: 'x' }],
      [{ op: 'add', path: '/bad~2', value: 'x' }],
      [{ op: 'replace', path: '/name', value: 7 }],
      [{ op: 'add', path: '/prop', value: { deep: true } }],
      [{ op: 'add', path: '/prop', value: 'nul\0' }],
      [{ op: 'replace', path: '/visibility', value: 'secret' }],
    ];
    for (const changes of unfit) {
      const answer = await patch(cloud.demo, id, changes);
      assert.equal(answer.status, 400, JSON.stringify(changes));
    }
  });

  test('refuses what is not for clients to change with 403', async () => {
    const id = await createImage(cloud.demo);
    for (const name of [
      'id',
      'status',
      'size',
      'checksum',
      'created_at',
      'self',
      'os_hash_value',
    ]) {
      const changes = [{ op: 'replace', path: `/${name}`, value: 'x' }];
      assert.equal((await patch(cloud.demo, id, changes)).status, 403, name);
    }
    for (const name of ['deleted', 'location', 'locations', 'os_glance_x']) {
      const changes = [{ op: 'add', path: `/${name}`, value: 'x' }];
      assert.equal((await patch(cloud.demo, id, changes)).status, 403, name);
    }
    const location = [{ op: 'add', path: '/locations/-', value: { url: 'file:///etc/passwd' } }];
    assert.equal((await patch(cloud.demo, id, location)).status, 403);
    for (const name of ['name', 'tags', 'visibility', 'disk_format']) {
      assert.equal((await patch(cloud.demo, id, [{ op: 'remove', path: `/${name}` }])).status, 403);
    }
    const owner = [{ op: 'replace', path: '/owner', value: 'someone' }];
    assert.equal((await patch(cloud.demo, id, owner)).status, 403);
    assert.equal((await patch(cloud.admin, id, owner)).status, 200);
  });

  test('lets only administrators publish', async () => {
    const id = await createImage(cloud.demo);
    const publish = [{ op: 'replace', path: '/visibility', value: 'public' }];
    assert.equal((await patch(cloud.demo, id, publish)).status, 403);
    assert.equal((await patch(cloud.admin, id, publish)).body.visibility, 'public');
    const rename = [{ op: 'replace', path: '/name', value: 'still mine' }];
    assert.equal((await patch(cloud.demo, id, rename)).status, 200);
  });

  test('keeps the formats that the data were inspected as', async () => {
    const id = await createActiveImage(cloud.demo);
    for (const name of ['disk_format', 'container_format']) {
      const value = name === 'disk_format' ? 'qcow2' : 'ovf';
      const changes = [{ op: 'replace', path: `/${name}`, value }];
      assert.equal((await patch(cloud.demo, id, changes)).status, 403, name);
    }
    const same = [{ op: 'replace', path: '/disk_format', value: 'raw' }];
    assert.equal((await patch(cloud.demo, id, same)).status, 200);
  });

  test('tags are put and taken off one by one', async () => {
    const id = await createImage(cloud.demo, { tags: ['a'] });
    const path = `${imagesPath}/${id}/tags`;
    assert.equal((await cloud.demo.put(`${path}/with%20space`)).status, 204);
    assert.equal((await cloud.demo.put(`${path}/a`)).status, 204);
    const shown = await cloud.demo.get(`${imagesPath}/${id}`);
    assert.deepEqual(shown.body.tags, ['a', 'with space']);
    assert.equal((await cloud.demo.delete(`${path}/a`)).status, 204);
    assert.equal((await cloud.demo.delete(`${path}/a`)).status, 404);
    assert.equal((await cloud.demo.put(`${path}/${'x'.repeat(256)}`)).status, 400);
    assert.equal((await cloud.demo.put(`${path}/%00`)).status, 404);
  });
});
