import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';
import { makeImage } from '#test/servers.ts';

test('the metadata of an image are its properties: set, replaced, removed', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeImage(demo, { a: '1', b: '2' });
  const path = `/v2.1/images/${id}/metadata`;
  assert.deepEqual((await demo.get(path)).body, { metadata: { a: '1', b: '2' } });
  const merged = await demo.post(path, { metadata: { b: '3', c: '4' } });
  assert.equal(merged.status, 200);
  assert.deepEqual(merged.body, { metadata: { a: '1', b: '3', c: '4' } });
  const replaced = await demo.put(path, { metadata: { d: '5' } });
  assert.deepEqual(replaced.body, { metadata: { d: '5' } });
  const glance = await demo.get(`/image/v2/images/${id}`);
  assert.equal(glance.body.d, '5');
  assert.equal(glance.body.a, undefined);
  const set = await demo.put(`${path}/e`, { meta: { e: '6' } });
  assert.equal(set.status, 200);
  assert.deepEqual(set.body, { meta: { e: '6' } });
  assert.deepEqual((await demo.get(`${path}/e`)).body, { meta: { e: '6' } });
  const removed = await demo.delete(`${path}/e`);
  assert.equal(removed.status, 204);
  assert.equal((await demo.get(`${path}/e`)).status, 404);
  const twice = await demo.delete(`${path}/e`);
  assert.equal(twice.status, 404);
  assert.equal(twice.body.itemNotFound.message, 'Invalid metadata key');
  assert.equal((await demo.get(`${path}/__proto__`)).status, 404);
  assert.deepEqual((await demo.get(path)).body, { metadata: { d: '5' } });
});

test('metadata that makes no sense is refused and changes nothing', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeImage(demo, { a: '1' });
  const path = `/v2.1/images/${id}/metadata`;
  const bad = [
    {},
    { metadata: [] },
    { metadata: { '': 'x' } },
    { metadata: { 'a/b': 'x' } },
    { metadata: { ['x'.repeat(256)]: 'x' } },
    { metadata: { x: 'x'.repeat(256) } },
    { metadata: { x: 7 } },
    { metadata: { x: 'a\u0000b' } },
    { metadata: { x: 'y' }, more: 1 },
  ];
  for (const body of bad) {
    const text = JSON.stringify(body).slice(0, 80);
    assert.equal((await demo.post(path, body)).status, 400, text);
    assert.equal((await demo.put(path, body)).status, 400, text);
  }
  for (const meta of [{}, { b: '1' }, { a: '1', b: '2' }, { a: null }]) {
    const { status } = await demo.put(`${path}/a`, { meta });
    assert.equal(status, 400, JSON.stringify(meta));
  }
  // What the image service keeps to itself is no property that anyone sets.
  for (const name of ['status', 'name', 'owner', 'visibility', 'locations', 'os_glance_x']) {
    const { status } = await demo.post(path, { metadata: { [name]: 'x' } });
    assert.equal(status, 403, name);
  }
  assert.deepEqual((await demo.get(path)).body, { metadata: { a: '1' } });
});

test('an image has as many items as the quota of the project allows', async () => {
  await using cloud = await startTestCloud({ quota: { metadataItems: 3 } });
  const { demo } = cloud;
  const id = await makeImage(demo, { a: '1', b: '2' });
  const path = `/v2.1/images/${id}/metadata`;
  assert.equal((await demo.post(path, { metadata: { a: '9', c: '3' } })).status, 200);
  const refused = await demo.put(`${path}/d`, { meta: { d: '4' } });
  assert.equal(refused.status, 403);
  assert.match(refused.body.forbidden.message, /^Image metadata limit exceeded/);
  assert.equal((await demo.put(path, { metadata: { d: '4' } })).status, 200);
});

test('only the owner and administrators change the metadata', async () => {
  await using cloud = await startTestCloud();
  const { admin, demo, nobody } = cloud;
  const id = await makeImage(admin, { visibility: 'public' });
  const path = `/v2.1/images/${id}/metadata`;
  const reader = await cloud.userOf('admin', 'reader');
  const body = { metadata: { a: '1' } };
  assert.equal((await demo.get(path)).status, 200);
  assert.equal((await demo.post(path, body)).status, 403);
  assert.equal((await demo.put(`${path}/a`, { meta: { a: '1' } })).status, 403);
  assert.equal((await reader.post(path, body)).status, 403);
  assert.equal((await nobody.post(path, body)).status, 401);
  assert.equal((await demo.post('/v2.1/images/no-such/metadata', body)).status, 404);
  assert.equal((await admin.post(path, body)).status, 200);
  assert.equal((await demo.delete(`${path}/a`)).status, 403);
});
