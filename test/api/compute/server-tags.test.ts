import assert from 'node:assert/strict';
import { test } from 'node:test';
import { updateServer } from '#compute/servers/store.ts';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';

const at = { 'openstack-api-version': 'compute 2.26' };
const missing = '/v2.1/servers/00000000-0000-4000-8000-000000000000/tags';

const get = (client: Client, path: string) => client.get(path, at);
const put = (client: Client, path: string, body?: unknown) => client.put(path, body, at);

async function tagsPath(cloud: TestCloud): Promise<string> {
  return `/v2.1/servers/${await makeServer(cloud)}/tags`;
}

test('tags are replaced, listed, added, checked and taken away', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const path = await tagsPath(cloud);
  assert.deepEqual((await get(demo, path)).body, { tags: [] });
  const replaced = await put(demo, path, { tags: ['qux', 'baz', 'foo', 'foo', '名 α'] });
  assert.equal(replaced.status, 200);
  assert.deepEqual(replaced.body, { tags: ['baz', 'foo', 'qux', '名 α'] });
  assert.equal((await get(demo, `${path}/foo`)).status, 204);
  assert.equal((await get(demo, `${path}/${encodeURIComponent('名 α')}`)).status, 204);
  const none = await get(demo, `${path}/other`);
  assert.equal(none.status, 404);
  assert.match(none.body.itemNotFound.message, /has no tag 'other'/);
  const added = await put(demo, `${path}/other`);
  assert.equal(added.status, 201);
  assert.equal(added.headers.get('location'), `${cloud.url}${path}/other`);
  assert.equal((await put(demo, `${path}/other`)).status, 204);
  assert.equal((await demo.delete(`${path}/foo`, at)).status, 204);
  assert.equal((await demo.delete(`${path}/foo`, at)).status, 404);
  assert.deepEqual((await get(demo, path)).body, { tags: ['baz', 'other', 'qux', '名 α'] });
  assert.equal((await demo.delete(path, at)).status, 204);
  assert.deepEqual((await get(demo, path)).body, { tags: [] });
  assert.equal((await demo.delete(path, at)).status, 204);
});

test('a server has at most 50 tags of 80 characters without comma and slash', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const path = await tagsPath(cloud);
  const fifty = Array.from({ length: 50 }, (_, index) => `${index}`.padStart(80, 'α'));
  const refusedLists: unknown[] = [
    { tags: [...fifty, 'one more'] },
    { tags: ['a'.repeat(81)] },
    { tags: ['a,b'] },
    { tags: ['a/b'] },
    { tags: [''] },
    { tags: [7] },
    { tags: 'a' },
    {},
    { tags: [], more: 1 },
  ];
  for (const body of refusedLists) {
    assert.equal((await put(demo, path, body)).status, 400, JSON.stringify(body));
  }
  assert.equal((await put(demo, path, { tags: fifty })).status, 200);
  const tooMany = await put(demo, `${path}/more`);
  assert.equal(tooMany.status, 400);
  assert.match(tooMany.body.badRequest.message, /exceeded the per-server limit 50/);
  assert.equal((await put(demo, path, { tags: [] })).status, 200);
  for (const tag of ['a'.repeat(81), 'a,b', 'a%2Fb', '.a']) {
    assert.equal((await put(demo, `${path}/${tag}`)).status, 400, tag);
  }
  assert.equal((await put(demo, `${path}/__type_baremetal`)).status, 201);
  assert.equal((await put(demo, `${path}/${'a'.repeat(80)}`)).status, 201);
  const longest = `${path}/${encodeURIComponent('名'.repeat(80))}`;
  assert.equal((await put(demo, longest)).status, 201);
  assert.equal((await get(demo, longest)).status, 204);
});

test('parallel additions keep to the limit', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const path = await tagsPath(cloud);
  const first = Array.from({ length: 48 }, (_, index) => `t${index}`);
  await put(demo, path, { tags: first });
  const answers = await Promise.all(['a', 'b', 'c', 'd'].map((tag) => put(demo, `${path}/${tag}`)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 201, 400, 400]);
  assert.equal((await get(demo, path)).body.tags.length, 50);
});

test('a server that is being built or in error takes no tags, and says why', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  const path = `/v2.1/servers/${id}/tags`;
  await put(demo, path, { tags: ['a'] });
  const { compute } = cloud.cloud.services;
  for (const state of ['building', 'error']) {
    await updateServer(compute.database.queries, id, { vm_state: state }, 1);
    const refused = await put(demo, path, { tags: [] });
    assert.equal(refused.status, 409);
    assert.match(refused.body.conflictingRequest.message, new RegExp(`vm_state ${state}`));
    assert.equal((await put(demo, `${path}/b`)).status, 409);
    assert.equal((await demo.delete(`${path}/a`, at)).status, 409);
    assert.equal((await demo.delete(path, at)).status, 409);
    assert.deepEqual((await get(demo, path)).body, { tags: ['a'] });
  }
});

test('tags are of one project, read by readers, and not there before 2.26', async () => {
  await using cloud = await startTestCloud();
  const { demo, admin } = cloud;
  const path = await tagsPath(cloud);
  await put(demo, path, { tags: ['a'] });
  const stranger = await cloud.userOf('other', 'member');
  const reader = await cloud.userOf('demo', 'reader');
  for (const suffix of ['', '/a']) {
    assert.equal((await get(stranger, path + suffix)).status, 404);
    assert.equal((await put(stranger, path + suffix, { tags: [] })).status, 404);
    assert.equal((await stranger.delete(path + suffix, at)).status, 404);
    assert.ok((await get(reader, path + suffix)).status < 300);
    assert.equal((await put(reader, path + suffix, { tags: [] })).status, 403);
    assert.equal((await reader.delete(path + suffix, at)).status, 403);
    assert.ok((await get(admin, path + suffix)).status < 300);
    assert.equal((await get(cloud.nobody, path + suffix)).status, 401);
    assert.equal((await get(demo, missing + suffix)).status, 404);
    const before = { 'openstack-api-version': 'compute 2.25' };
    assert.equal((await demo.get(path + suffix, before)).status, 404);
    assert.equal((await demo.get(path.replace('/v2.1', '/v2') + suffix)).status, 404);
  }
});

test('tags end with their server', async () => {
  await using cloud = await startTestCloud();
  const path = await tagsPath(cloud);
  await put(cloud.demo, path, { tags: ['a'] });
  await cloud.demo.delete(path.replace('/tags', ''));
  const { operations, compute } = cloud.cloud.services;
  await operations.whenIdle();
  assert.equal((await get(cloud.demo, path)).status, 404);
  const rows = await compute.database.queries.selectFrom('server_tags').selectAll().execute();
  assert.deepEqual(rows, []);
});
