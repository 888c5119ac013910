import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud } from '#test/cloud.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const names = (body: { flavors: { name: string }[] }) => body.flavors.map(({ name }) => name);

function makeFlavor(client: Client, fields: object, version = '2.1') {
  const flavor = { name: 'big', ram: 4096, vcpus: 2, disk: 10, ...fields };
  return client.post('/v2.1/flavors', { flavor }, at(version));
}

test('the first start makes the flavors that Nova always had, in order of their ids', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const list = await demo.get('/v2.1/flavors/detail');
  assert.equal(list.status, 200);
  type Row = { id: string; name: string; vcpus: number; ram: number; disk: number };
  const rows = list.body.flavors.map(({ id, name, vcpus, ram, disk }: Row) => [
    id,
    name,
    vcpus,
    ram,
    disk,
  ]);
  assert.deepEqual(rows, [
    ['1', 'm1.tiny', 1, 512, 1],
    ['2', 'm1.small', 1, 2048, 20],
    ['3', 'm1.medium', 2, 4096, 40],
    ['4', 'm1.large', 4, 8192, 80],
    ['42', 'm1.nano', 1, 192, 1],
    ['5', 'm1.xlarge', 8, 16_384, 160],
  ]);
});

test('a flavor is shown as each version has it, under v2 and v2.1 alike', async () => {
  await using cloud = await startTestCloud();
  const { demo, url } = cloud;
  const path = `/v2.1/${demo.projectId}/flavors/1`;
  const first = await demo.get(path);
  assert.equal(first.status, 200);
  const expected = {
    'OS-FLV-DISABLED:disabled': false,
    disk: 1,
    'OS-FLV-EXT-DATA:ephemeral': 0,
    'os-flavor-access:is_public': true,
    id: '1',
    links: [
      { rel: 'self', href: `${url}${path}` },
      { rel: 'bookmark', href: `${url}/${demo.projectId}/flavors/1` },
    ],
    name: 'm1.tiny',
    ram: 512,
    swap: '',
    vcpus: 1,
    rxtx_factor: 1,
  };
  assert.deepEqual(first.body, { flavor: expected });
  const newest = await demo.get(path, at('2.75'));
  const later = { description: null, extra_specs: {}, swap: 0 };
  assert.deepEqual(newest.body, { flavor: { ...expected, ...later } });
  const described = await demo.get(path, at('2.55'));
  assert.deepEqual(described.body, { flavor: { ...expected, description: null } });
  const legacy = await demo.get('/v2/flavors/1');
  assert.equal(legacy.body.flavor.swap, '');
  assert.equal(legacy.body.flavor.links[0].href, `${url}/v2/flavors/1`);
  assert.equal(legacy.body.flavor.links[1].href, `${url}/flavors/1`);
});

test('lists filter by memory and disk and sort both ways', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const large = await demo.get('/v2.1/flavors?minRam=4096&minDisk=80');
  assert.deepEqual(names(large.body), ['m1.large', 'm1.xlarge']);
  const sorted = await demo.get('/v2.1/flavors?sort_key=memory_mb&sort_dir=desc');
  assert.equal(names(sorted.body)[0], 'm1.xlarge');
  assert.equal(names(sorted.body).at(-1), 'm1.nano');
  const huge = await demo.get('/v2.1/flavors?minRam=999999999999999&minDisk=-1');
  assert.deepEqual(huge.body, { flavors: [] });
});

test('malformed filters, sort keys, limits and unknown markers are 400', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const queries = [
    'minRam=much',
    'minDisk=1.5',
    'sort_key=password',
    'sort_dir=up',
    'limit=-1',
    'limit=x',
    'limit=',
    'marker=nothing',
  ];
  for (const query of queries) {
    const answer = await demo.get(`/v2.1/flavors?${query}`);
    assert.equal(answer.status, 400, query);
    assert.equal(answer.body.badRequest.code, 400, query);
  }
  const marker = await demo.get('/v2.1/flavors?marker=nothing');
  assert.equal(marker.body.badRequest.message, 'marker [nothing] not found');
});

test('pages follow each other by their links, whatever they are sorted by', async () => {
  await using cloud = await startTestCloud();
  const { demo, url } = cloud;
  for (const query of ['', '&sort_key=vcpus', '&sort_key=description', '&sort_dir=desc']) {
    const whole = await demo.get(`/v2.1/flavors?limit=100${query}`);
    assert.equal(whole.body.flavors_links, undefined);
    const seen: string[] = [];
    let path: string | undefined = `/v2.1/flavors?limit=4${query}`;
    while (path) {
      const page = await demo.get(path);
      seen.push(...names(page.body));
      path = page.body.flavors_links?.[0].href.slice(url.length);
    }
    assert.deepEqual(seen, names(whole.body), query);
  }
  const none = await demo.get('/v2.1/flavors?limit=0');
  assert.deepEqual(none.body, { flavors: [] });
});

test('the next link of a detailed list keeps its path and filters', async () => {
  await using cloud = await startTestCloud();
  const page = await cloud.demo.get('/v2.1/flavors/detail?minDisk=1&limit=2');
  assert.deepEqual(page.body.flavors_links, [
    { rel: 'next', href: `${cloud.url}/v2.1/flavors/detail?minDisk=1&limit=2&marker=2` },
  ]);
});

test('a limit over the largest page is refused by v2 and cut by v2.1', async () => {
  await using cloud = await startTestCloud();
  const legacy = await cloud.demo.get('/v2/flavors?limit=1001');
  assert.equal(legacy.status, 403);
  assert.equal(legacy.body.forbidden.code, 403);
  assert.equal((await cloud.demo.get('/v2/flavors?limit=1000')).status, 200);
  assert.equal((await cloud.demo.get('/v2.1/flavors?limit=1001')).status, 200);
});

test('administrators create flavors, all others may not', async () => {
  await using cloud = await startTestCloud();
  const { admin, demo } = cloud;
  const created = await makeFlavor(admin, { id: '10', swap: '64', rxtx_factor: '2.0' });
  assert.equal(created.status, 200);
  assert.equal(created.body.flavor.id, '10');
  assert.equal(created.body.flavor.swap, 64);
  assert.equal(created.body.flavor.rxtx_factor, 2);
  assert.equal((await demo.get('/v2.1/flavors/10')).status, 200);
  const unnamed = await makeFlavor(admin, { name: 'other', description: 'for tests' }, '2.55');
  assert.match(unnamed.body.flavor.id, /^[0-9a-f-]{36}$/);
  assert.equal(unnamed.body.flavor.description, 'for tests');
  const refused = await makeFlavor(demo, { name: 'mine' });
  assert.equal(refused.status, 403);
  const reader = await cloud.userOf('demo', 'reader');
  assert.equal((await makeFlavor(reader, { name: 'mine' })).status, 403);
  assert.equal((await makeFlavor(cloud.nobody, { name: 'mine' })).status, 401);
});

test('the name and the id of a flavor are taken once', async () => {
  await using cloud = await startTestCloud();
  const sameId = await makeFlavor(cloud.admin, { id: '1' });
  assert.equal(sameId.status, 409);
  assert.equal(sameId.body.conflictingRequest.message, 'Flavor with ID 1 already exists.');
  const sameName = await makeFlavor(cloud.admin, { name: 'm1.tiny' });
  assert.equal(sameName.status, 409);
});

test('a flavor that makes no sense is 400', async () => {
  await using cloud = await startTestCloud();
  const wrong = [
    { name: '' },
    { name: ' blank in front' },
    { name: 'line\nbreak' },
    { name: 'x'.repeat(256) },
    { ram: 0 },
    { ram: 'much' },
    { vcpus: '0' },
    { vcpus: 2_147_483_648 },
    { vcpus: '9999999999' },
    { disk: -1 },
    { id: 'a/b' },
    { id: 1e300 },
    { id: 1.5 },
    { rxtx_factor: 0 },
    { 'os-flavor-access:is_public': 'maybe' },
    { unknown: 1 },
    { description: 'not before 2.55' },
  ];
  for (const fields of wrong) {
    const answer = await makeFlavor(cloud.admin, fields);
    assert.equal(answer.status, 400, JSON.stringify(fields));
  }
  assert.equal((await cloud.admin.post('/v2.1/flavors', { flavor: {} })).status, 400);
  assert.equal((await cloud.admin.post('/v2.1/flavors', [])).status, 400);
});

test('the description of a flavor changes since 2.55', async () => {
  await using cloud = await startTestCloud();
  const { admin } = cloud;
  const body = { flavor: { description: 'small' } };
  const changed = await admin.put('/v2.1/flavors/1', body, at('2.55'));
  assert.equal(changed.status, 200);
  assert.equal(changed.body.flavor.description, 'small');
  assert.equal((await admin.put('/v2.1/flavors/1', body, at('2.54'))).status, 404);
  assert.equal((await admin.put('/v2.1/flavors/none', body, at('2.55'))).status, 404);
  assert.equal((await cloud.demo.put('/v2.1/flavors/1', body, at('2.55'))).status, 403);
});

test('a deleted flavor is gone', async () => {
  await using cloud = await startTestCloud();
  const { admin, demo } = cloud;
  assert.equal((await demo.delete('/v2.1/flavors/42')).status, 403);
  assert.equal((await admin.delete('/v2.1/flavors/42')).status, 202);
  const gone = await demo.get('/v2.1/flavors/42');
  assert.equal(gone.status, 404);
  assert.deepEqual(gone.body, {
    itemNotFound: { code: 404, message: 'Flavor 42 could not be found.' },
  });
  assert.equal((await admin.delete('/v2.1/flavors/42')).status, 404);
});

test('extra specs are set, read and removed', async () => {
  await using cloud = await startTestCloud();
  const { admin, demo } = cloud;
  const path = '/v2.1/flavors/1/os-extra_specs';
  const specs = { 'hw:cpu_policy': 'shared', 'hw:numa_nodes': 1 };
  const created = await admin.post(path, { extra_specs: specs });
  assert.equal(created.status, 200);
  const kept = { 'hw:cpu_policy': 'shared', 'hw:numa_nodes': '1' };
  assert.deepEqual(created.body, { extra_specs: kept });
  assert.deepEqual((await demo.get(path)).body, { extra_specs: kept });
  const one = await admin.put(`${path}/hw:numa_nodes`, { 'hw:numa_nodes': '2' });
  assert.deepEqual(one.body, { 'hw:numa_nodes': '2' });
  assert.deepEqual((await demo.get(`${path}/hw:numa_nodes`)).body, { 'hw:numa_nodes': '2' });
  const flavor = await demo.get('/v2.1/flavors/1', at('2.61'));
  assert.deepEqual(flavor.body.flavor.extra_specs, { ...kept, 'hw:numa_nodes': '2' });
  assert.equal((await admin.delete(`${path}/hw:numa_nodes`)).status, 200);
  assert.equal((await demo.get(`${path}/hw:numa_nodes`)).status, 404);
  assert.equal((await admin.delete(`${path}/hw:numa_nodes`)).status, 404);
});
