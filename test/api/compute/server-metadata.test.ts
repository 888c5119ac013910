import assert from 'node:assert/strict';
import { test } from 'node:test';
import { updateServer } from '#compute/servers/store.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';
import { askAs, placeOf } from '../../metadata/guest.ts';

const longest = 'x'.repeat(255);

async function start(metadata: object = {}, options = {}) {
  const cloud = await startTestCloud(options);
  const id = await makeServer(cloud, { metadata });
  return { cloud, id, path: `/v2.1/servers/${id}/metadata` };
}

function change(cloud: TestCloud, id: string, columns: object) {
  return updateServer(cloud.cloud.services.compute.database.queries, id, columns, 1);
}

test('metadata is listed, replaced, updated and taken away by the item', async () => {
  const { cloud, path } = await start({ one: '1' });
  await using _ = cloud;
  const { demo } = cloud;
  assert.deepEqual((await demo.get(path)).body, { metadata: { one: '1' } });
  const updated = await demo.post(path, { metadata: { two: '2' } });
  assert.equal(updated.status, 200);
  assert.deepEqual(updated.body, { metadata: { one: '1', two: '2' } });
  const set = await demo.put(`${path}/two`, { meta: { two: 'zwei' } });
  assert.equal(set.status, 200);
  assert.deepEqual(set.body, { meta: { two: 'zwei' } });
  assert.deepEqual((await demo.get(`${path}/two`)).body, { meta: { two: 'zwei' } });
  assert.equal((await demo.delete(`${path}/one`)).status, 204);
  for (const answer of [await demo.get(`${path}/one`), await demo.delete(`${path}/one`)]) {
    assert.equal(answer.status, 404);
    assert.equal(answer.body.itemNotFound.message, 'Metadata item was not found');
  }
  const replaced = await demo.put(path, { metadata: { 'a-Z_9:. ': longest } });
  assert.deepEqual(replaced.body, { metadata: { 'a-Z_9:. ': longest } });
  assert.deepEqual((await demo.get(path.replace('/v2.1', '/v2'))).body, replaced.body);
  assert.deepEqual((await demo.put(path, { metadata: {} })).body, { metadata: {} });
});

test('what breaks the rules for names and values is 400 and changes nothing', async () => {
  const { cloud, path } = await start({ one: '1' });
  await using _ = cloud;
  const { demo } = cloud;
  const bad: unknown[] = [
    { metadata: { [`${longest}x`]: '' } },
    { metadata: { key: `${longest}x` } },
    { metadata: { ä: '' } },
    { metadata: { '': '' } },
    { metadata: { key: 1 } },
    { metadata: { key: null } },
    { metadata: null },
    { metadata: {}, more: {} },
    {},
  ];
  for (const body of bad) {
    assert.equal((await demo.put(path, body)).status, 400, JSON.stringify(body));
    assert.equal((await demo.post(path, body)).status, 400, JSON.stringify(body));
  }
  const badItems = [
    { meta: {} },
    { meta: { other: '' } },
    { meta: { one: '', two: '' } },
    { meta: { one: 1 } },
    { metadata: { one: '' } },
  ];
  for (const body of badItems) {
    assert.equal((await demo.put(`${path}/one`, body)).status, 400, JSON.stringify(body));
  }
  const mismatch = await demo.put(`${path}/one`, { meta: { two: '' } });
  assert.equal(mismatch.body.badRequest.message, 'Request body and URI mismatch');
  assert.deepEqual((await demo.get(path)).body, { metadata: { one: '1' } });
  assert.equal((await demo.get(`${path}/__proto__`)).status, 404);
  assert.equal((await demo.get(`${path}/constructor`)).status, 404);
});

test('the quota of items is kept to, also by requests side by side', async () => {
  const quota = { instances: -1, cores: -1, memoryMib: -1, metadataItems: 3 };
  const { cloud, path } = await start({ one: '1' }, { quota });
  await using _ = cloud;
  const { demo } = cloud;
  const four = { metadata: { a: '', b: '', c: '', d: '' } };
  const refused = await demo.put(path, four);
  assert.equal(refused.status, 403);
  assert.equal(refused.body.forbidden.message, 'Maximum number of metadata items exceeds 3');
  const keys = ['a', 'b', 'c', 'd'];
  const answers = await Promise.all(
    keys.map((key) => demo.put(`${path}/${key}`, { meta: { [key]: '' } })),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 403, 403]);
  assert.equal((await demo.post(path, { metadata: { one: 'again' } })).status, 200);
  assert.equal(Object.keys((await demo.get(path)).body.metadata).length, 3);
});

test('only a server that is active or stopped is changed', async () => {
  const { cloud, id, path } = await start({ one: '1' });
  await using _ = cloud;
  const { demo } = cloud;
  for (const state of ['building', 'error']) {
    await change(cloud, id, { vm_state: state });
    for (const answer of [
      await demo.put(path, { metadata: {} }),
      await demo.post(path, { metadata: {} }),
      await demo.put(`${path}/one`, { meta: { one: '' } }),
      await demo.delete(`${path}/one`),
    ]) {
      assert.equal(answer.status, 409);
      assert.match(answer.body.conflictingRequest.message, new RegExp(`in vm_state ${state}`));
    }
    assert.deepEqual((await demo.get(path)).body, { metadata: { one: '1' } });
  }
  await change(cloud, id, { vm_state: 'stopped' });
  assert.equal((await demo.delete(`${path}/one`)).status, 204);
});

test('the metadata of a locked server only administrators change', async () => {
  const { cloud, id, path } = await start({ one: '1' });
  await using _ = cloud;
  await change(cloud, id, { locked: 1 });
  const refused = await cloud.demo.post(path, { metadata: { two: '2' } });
  assert.equal(refused.status, 409);
  assert.match(refused.body.conflictingRequest.message, /is locked/);
  assert.equal((await cloud.demo.delete(`${path}/one`)).status, 409);
  assert.equal((await cloud.admin.post(path, { metadata: { two: '2' } })).status, 200);
  assert.equal((await cloud.admin.delete(`${path}/one`)).status, 204);
});

test("metadata is of one project, and a reader's to read", async () => {
  const { cloud, path } = await start({ one: '1' });
  await using _ = cloud;
  const stranger = await cloud.userOf('other', 'member');
  const reader = await cloud.userOf('demo', 'reader');
  const missing = '/v2.1/servers/00000000-0000-4000-8000-000000000000/metadata';
  assert.equal((await cloud.demo.get(missing)).status, 404);
  assert.equal((await cloud.demo.put(missing, { metadata: {} })).status, 404);
  for (const [suffix, body] of [
    ['', { metadata: {} }],
    ['/one', { meta: { one: '' } }],
  ] as const) {
    assert.equal((await stranger.get(path + suffix)).status, 404);
    assert.equal((await stranger.put(path + suffix, body)).status, 404);
    assert.equal((await reader.get(path + suffix)).status, 200);
    assert.equal((await reader.put(path + suffix, body)).status, 403);
    assert.equal((await cloud.nobody.get(path + suffix)).status, 401);
  }
  assert.equal((await reader.delete(`${path}/one`)).status, 403);
  assert.equal((await stranger.delete(`${path}/one`)).status, 404);
});

test('the guest reads the new values from the metadata service', async () => {
  const { cloud, id, path } = await start({ one: '1' });
  await using _ = cloud;
  await cloud.demo.put(path, { metadata: { role: 'db' } });
  const { networkId, address } = await placeOf(cloud, id);
  const { text } = await askAs(cloud, networkId, address, '/openstack/latest/meta_data.json');
  assert.deepEqual(JSON.parse(text).meta, { role: 'db' });
});
