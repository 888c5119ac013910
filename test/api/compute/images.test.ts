import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud } from '#test/cloud.ts';
import { makeImage } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const names = (body: { images: { name: string }[] }) => body.images.map(({ name }) => name);

async function find(client: Client, query: string, path = '/v2.1/images'): Promise<string[]> {
  const { status, body } = await client.get(`${path}?${query}`);
  assert.equal(status, 200, query);
  return names(body).sort();
}

test('an image is shown in the words of compute', async () => {
  await using cloud = await startTestCloud();
  const { demo, url } = cloud;
  const id = await makeImage(demo, { min_ram: 64, min_disk: 1, os_distro: 'debian' });
  const path = `/v2.1/${demo.projectId}/images/${id}`;
  const { status, body } = await demo.get(path);
  assert.equal(status, 200);
  const { created, updated, ...image } = body.image;
  assert.match(created, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  assert.ok(updated >= created);
  const elsewhere = image.links[2].href.slice(url.length);
  assert.deepEqual(image, {
    'OS-EXT-IMG-SIZE:size': 4096,
    id,
    links: [
      { rel: 'self', href: url + path },
      { rel: 'bookmark', href: `${url}/${demo.projectId}/images/${id}` },
      {
        rel: 'alternate',
        type: 'application/vnd.openstack.image',
        href: `${url}/image/v2/images/${id}`,
      },
    ],
    metadata: { os_distro: 'debian' },
    minDisk: 1,
    minRam: 64,
    name: 'small',
    progress: 100,
    status: 'ACTIVE',
  });
  const alternate = await demo.get(elsewhere);
  assert.equal(alternate.body.id, id);
  const detail = await demo.get(`/v2/${demo.projectId}/images/detail`);
  assert.equal(detail.body.images[0].status, 'ACTIVE');
  const list = await demo.get('/v2/images');
  assert.deepEqual(Object.keys(list.body.images[0]).sort(), ['id', 'links', 'name']);
});

test('the status says how far an image is, as in table 7-1', async () => {
  await using cloud = await startTestCloud();
  const { demo, admin } = cloud;
  const queued = await demo.post('/image/v2/images', {
    disk_format: 'raw',
    container_format: 'bare',
  });
  const state = async (id: string) => {
    const { image } = (await demo.get(`/v2.1/images/${id}`)).body;
    return [image.status, image.progress, image['OS-EXT-IMG-SIZE:size'], image.name];
  };
  assert.deepEqual(await state(queued.body.id), ['SAVING', 25, 0, null]);
  const id = await makeImage(demo);
  await admin.post(`/image/v2/images/${id}/actions/deactivate`);
  assert.deepEqual(await state(id), ['UNKNOWN', 0, 4096, 'small']);
  assert.equal((await demo.delete(`/v2.1/images/${id}`)).status, 204);
  assert.equal((await demo.get(`/v2.1/images/${id}`)).status, 404);
});

test('a snapshot names its server, and old properties say who partitions', async () => {
  await using cloud = await startTestCloud();
  const { demo, url } = cloud;
  const instance_uuid = 'b600b5b1-ed8c-4814-aefa-8b903c894c20';
  const id = await makeImage(demo, { instance_uuid, auto_disk_config: 'True' });
  const { image } = (await demo.get(`/v2/images/${id}`)).body;
  assert.deepEqual(image.server, {
    id: instance_uuid,
    links: [
      { rel: 'self', href: `${url}/v2/servers/${instance_uuid}` },
      { rel: 'bookmark', href: `${url}/servers/${instance_uuid}` },
    ],
  });
  assert.equal(image['OS-DCF:diskConfig'], 'AUTO');
});

test('images are filtered as Glance would, by the names that compute has', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const server = 'b600b5b1-ed8c-4814-aefa-8b903c894c20';
  await makeImage(demo, { name: 'plain' });
  await makeImage(demo, { name: 'large', min_ram: 512, min_disk: 8 });
  await makeImage(demo, { name: 'shot', instance_uuid: server, image_type: 'snapshot' });
  await demo.post('/image/v2/images', { name: 'waiting' });
  assert.deepEqual(await find(demo, 'name=plain'), ['plain']);
  assert.deepEqual(await find(demo, 'minRam=512'), ['large']);
  assert.deepEqual(await find(demo, 'minDisk=8'), ['large']);
  assert.deepEqual(await find(demo, `server=${server}`), ['shot']);
  assert.deepEqual(await find(demo, `server=http://here/v2/servers/${server}`), ['shot']);
  assert.deepEqual(await find(demo, 'type=snapshot'), ['shot']);
  assert.deepEqual(await find(demo, 'property-image_type=snapshot'), ['shot']);
  assert.deepEqual(await find(demo, 'status=QUEUED'), ['waiting']);
  assert.deepEqual(await find(demo, 'status=deleted'), []);
  assert.deepEqual(await find(demo, 'changes-since=2100-01-01T00:00:00Z'), []);
  const old = await find(demo, 'changes-since=2013-06-09T06:42:18Z&name=plain&camel=1');
  assert.deepEqual(old, ['plain']);
  for (const query of ['minRam=much', 'minDisk=-1', 'changes-since=once', 'limit=x', 'limit=-1']) {
    assert.equal((await demo.get(`/v2.1/images?${query}`)).status, 400, query);
  }
});

test('pages follow each other; v2 begins with the oldest, v2.1 with the newest', async () => {
  await using cloud = await startTestCloud();
  const { demo, url } = cloud;
  const made = ['a', 'b', 'c', 'd', 'e'];
  for (const name of made) {
    await makeImage(demo, { name, family: 'x' });
    // Creation orders them; two in one millisecond would be ordered by their ids.
    const before = Date.now();
    while (Date.now() === before) await new Promise((resolve) => setImmediate(resolve));
  }
  const walk = async (start: string) => {
    const seen: string[] = [];
    let path: string | undefined = start;
    while (path) {
      const page = await demo.get(path);
      seen.push(...names(page.body));
      path = page.body.images_links?.[0].href.slice(url.length);
    }
    return seen;
  };
  const query = 'property-family=x&limit=2';
  assert.deepEqual(await walk(`/v2/images?${query}`), made);
  assert.deepEqual(await walk(`/v2.1/images/detail?${query}`), made.toReversed());
  assert.deepEqual((await demo.get('/v2.1/images?limit=0')).body, { images: [] });
  const unknown = await demo.get(`/v2.1/images?marker=${demo.projectId}`);
  assert.equal(unknown.status, 400);
  assert.equal((await demo.get('/v2/images?limit=1001')).status, 403);
  assert.equal((await demo.get('/v2.1/images?limit=1001')).status, 200);
});

test('what is not shared is not there, and what is not yours is not deleted', async () => {
  await using cloud = await startTestCloud();
  const { demo, admin, nobody } = cloud;
  const stranger = await cloud.userOf('other', 'member');
  const reader = await cloud.userOf('demo', 'reader');
  const id = await makeImage(demo, { visibility: 'private' });
  const path = `/v2.1/images/${id}`;
  for (const missing of [path, `${path}/metadata`, '/v2.1/images/no-such-image']) {
    const { status, body } = await stranger.get(missing);
    assert.equal(status, 404, missing);
    assert.equal(body.itemNotFound.message, 'Image not found.');
  }
  assert.equal((await stranger.delete(path)).status, 404);
  assert.deepEqual(await find(stranger, 'name=small'), []);
  assert.equal((await nobody.get(path)).status, 401);
  assert.equal((await reader.get(path)).status, 200);
  assert.equal((await reader.delete(path)).status, 403);
  await admin.patch(
    `/image/v2/images/${id}`,
    [{ op: 'replace', path: '/visibility', value: 'public' }],
    { 'content-type': 'application/openstack-images-v2.1-json-patch' },
  );
  assert.equal((await stranger.get(path)).status, 200);
  const refused = await stranger.delete(path);
  assert.equal(refused.status, 403);
  assert.match(refused.body.forbidden.message, /not permitted/);
  const kept = await makeImage(demo, { protected: true });
  assert.equal((await demo.delete(`/v2.1/images/${kept}`)).status, 403);
});

test('compute shows images until 2.35 and their metadata until 2.38', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeImage(demo, { a: 'b' });
  const status = async (path: string, version: string) =>
    (await demo.get(`/v2.1${path}`, at(version))).status;
  for (const path of ['/images', '/images/detail', `/images/${id}`]) {
    assert.equal(await status(path, '2.35'), 200, path);
    assert.equal(await status(path, '2.36'), 404, path);
  }
  for (const path of [`/images/${id}/metadata`, `/images/${id}/metadata/a`]) {
    assert.equal(await status(path, '2.38'), 200, path);
    assert.equal(await status(path, '2.39'), 404, path);
  }
  assert.equal((await demo.delete(`/v2.1/images/${id}`, at('2.36'))).status, 404);
});
