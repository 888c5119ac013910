import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { makeImage, makeServer } from '#test/servers.ts';

const path = '/v2.1/os-aggregates';
const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const hosts = [{ name: 'h1' }, { name: 'h2', zone: 'west' }];

async function make(admin: Client, name: string, zone?: string | null): Promise<number> {
  const aggregate = { name, ...(zone !== undefined && { availability_zone: zone }) };
  const { status, body } = await admin.post(path, { aggregate });
  assert.equal(status, 200, JSON.stringify(body));
  return body.aggregate.id;
}

const act = (admin: Client, id: number, action: object) =>
  admin.post(`${path}/${id}/action`, action);
const addHost = (admin: Client, id: number, host: string) => act(admin, id, { add_host: { host } });
const removeHost = (admin: Client, id: number, host: string) =>
  act(admin, id, { remove_host: { host } });
const setMetadata = (admin: Client, id: number, metadata: object) =>
  act(admin, id, { set_metadata: { metadata } });

async function zonesOf(cloud: TestCloud): Promise<Record<string, string[]>> {
  const { body } = await cloud.admin.get('/v2.1/os-availability-zone/detail');
  const zones: { zoneName: string; hosts: object }[] = body.availabilityZoneInfo;
  const outer = zones.filter(({ zoneName }) => zoneName !== 'internal');
  return Object.fromEntries(outer.map((zone) => [zone.zoneName, Object.keys(zone.hosts)]));
}

describe('a host aggregate', () => {
  test('is made, shown, listed and deleted', async () => {
    await using cloud = await startTestCloud();
    const { admin } = cloud;
    const aggregate = { name: 'name', availability_zone: 'london' };
    const made = await admin.post(path, { aggregate });
    assert.equal(made.status, 200);
    const { created_at: created, ...rest } = made.body.aggregate;
    assert.match(created, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
    const shared = { deleted: false, deleted_at: null, id: 1, updated_at: null };
    assert.deepEqual(rest, { ...aggregate, ...shared });
    const metadata = { availability_zone: 'london' };
    const whole = { ...made.body.aggregate, hosts: [], metadata };
    assert.deepEqual((await admin.get(`${path}/1`)).body, { aggregate: whole });
    assert.deepEqual((await admin.get(path)).body, { aggregates: [whole] });
    const gone = await admin.delete(`${path}/1`);
    assert.deepEqual([gone.status, gone.body], [200, '']);
    assert.equal((await admin.get(`${path}/1`)).status, 404);
    // Its number is not given again, though its name may be.
    assert.equal(await make(admin, 'name'), 2);
  });

  test('has a UUID since 2.41', async () => {
    await using cloud = await startTestCloud();
    const body = { aggregate: { name: 'a' } };
    const made = await cloud.admin.post(path, body, at('2.41'));
    assert.match(made.body.aggregate.uuid, /^[0-9a-f-]{36}$/);
    const shown = await cloud.admin.get(`${path}/1`, at('2.40'));
    assert.equal('uuid' in shown.body.aggregate, false);
  });

  test('has a name of its own', async () => {
    await using cloud = await startTestCloud();
    const { admin } = cloud;
    await make(admin, 'a');
    const id = await make(admin, 'b');
    const same = await admin.post(path, { aggregate: { name: 'a' } });
    assert.equal(same.status, 409);
    assert.equal(same.body.conflictingRequest.message, 'Aggregate a already exists.');
    const renamed = await admin.put(`${path}/${id}`, { aggregate: { name: 'a' } });
    assert.equal(renamed.status, 409);
    const own = await admin.put(`${path}/${id}`, { aggregate: { name: ' b ' } });
    assert.equal(own.status, 200);
    assert.equal(own.body.aggregate.name, 'b');
    assert.notEqual(own.body.aggregate.updated_at, null);
  });

  test('is changed in its zone and metadata; null takes away', async () => {
    await using cloud = await startTestCloud();
    const { admin } = cloud;
    const id = await make(admin, 'a');
    const zoned = await admin.put(`${path}/${id}`, { aggregate: { availability_zone: 'north' } });
    assert.equal(zoned.body.aggregate.availability_zone, 'north');
    const said = await setMetadata(admin, id, { ssd: 'true', color: 'red' });
    const { metadata } = said.body.aggregate;
    assert.deepEqual(metadata, { availability_zone: 'north', color: 'red', ssd: 'true' });
    const less = await setMetadata(admin, id, { ssd: null, availability_zone: null, none: null });
    assert.deepEqual(less.body.aggregate.metadata, { color: 'red' });
    assert.equal(less.body.aggregate.availability_zone, null);
    assert.equal((await setMetadata(admin, id, { availability_zone: '' })).status, 400);
  });
});

test('what cannot be an aggregate is refused', async () => {
  await using cloud = await startTestCloud();
  const { admin } = cloud;
  const id = await make(admin, 'a');
  const names = ['', ' x', 'x '.repeat(200), 7, null];
  for (const name of names) {
    assert.equal((await admin.post(path, { aggregate: { name } })).status, 400);
  }
  for (const zone of ['', 'a:b', ' x', 7]) {
    const aggregate = { name: 'z', availability_zone: zone };
    assert.equal((await admin.post(path, { aggregate })).status, 400);
  }
  for (const aggregate of [{}, { name: '' }, { hosts: [] }]) {
    assert.equal((await admin.put(`${path}/${id}`, { aggregate })).status, 400);
  }
  const long = 'x'.repeat(256);
  for (const metadata of [
    { 'a/b': 'c' },
    { [long]: 'c' },
    { a: long },
    { a: 1 },
    { a: '\0' },
    'x',
  ]) {
    assert.equal((await setMetadata(admin, id, metadata as object)).status, 400);
  }
  const odd = { constructor: 'x', toString: 'y' };
  const kept = await setMetadata(admin, id, odd);
  assert.deepEqual(kept.body.aggregate.metadata, odd);
  assert.equal((await act(admin, id, { paint: {} })).status, 400);
  assert.equal((await addHost(admin, id, 'no such host')).status, 400);
  assert.equal((await admin.get(`${path}/x`)).status, 400);
  assert.equal((await admin.get(`${path}/${2 ** 40}`)).status, 404);
});

describe('the hosts of an aggregate', () => {
  test('are added and removed, each once', async () => {
    await using cloud = await startTestCloud({ hosts });
    const { admin } = cloud;
    const id = await make(admin, 'a');
    const added = await addHost(admin, id, 'h1');
    assert.deepEqual([added.status, added.body.aggregate.hosts], [200, ['h1']]);
    assert.equal((await addHost(admin, id, 'h1')).status, 409);
    assert.equal((await addHost(admin, id, 'h9')).status, 404);
    assert.equal((await addHost(admin, 99, 'h1')).status, 404);
    const full = await admin.delete(`${path}/${id}`);
    assert.equal(full.status, 400);
    assert.match(full.body.badRequest.message, /Host aggregate is not empty/);
    assert.equal((await removeHost(admin, id, 'h2')).status, 404);
    const removed = await removeHost(admin, id, 'h1');
    assert.deepEqual([removed.status, removed.body.aggregate.hosts], [200, []]);
    assert.equal((await admin.delete(`${path}/${id}`)).status, 200);
  });

  test('stand in its zone, and in one zone only', async () => {
    await using cloud = await startTestCloud({ hosts });
    const { admin } = cloud;
    assert.deepEqual(await zonesOf(cloud), { nova: ['h1'], west: ['h2'] });
    const [north, south, plain] = [
      await make(admin, 'n', 'north'),
      await make(admin, 's', 'south'),
      await make(admin, 'p'),
    ];
    await addHost(admin, north, 'h1');
    await addHost(admin, plain, 'h1');
    assert.deepEqual(await zonesOf(cloud), { north: ['h1'], west: ['h2'] });
    const second = await addHost(admin, south, 'h1');
    assert.equal(second.status, 409);
    assert.match(second.body.conflictingRequest.message, /already in availability zone/);
    const moved = await setMetadata(admin, plain, { availability_zone: 'south' });
    assert.equal(moved.status, 400);
    const change = { aggregate: { availability_zone: 'south' } };
    assert.equal((await admin.put(`${path}/${plain}`, change)).status, 400);
    assert.equal((await admin.put(`${path}/${north}`, change)).status, 200);
    assert.deepEqual(await zonesOf(cloud), { south: ['h1'], west: ['h2'] });
  });

  test('stay in their zone as long as they have servers', async () => {
    await using cloud = await startTestCloud({ hosts: [{ name: 'h1' }] });
    const { admin } = cloud;
    const north = await make(admin, 'n', 'north');
    await addHost(admin, north, 'h1');
    const server = await makeServer(cloud);
    const other = { aggregate: { availability_zone: 'south' } };
    const change = await admin.put(`${path}/${north}`, other);
    assert.equal(change.status, 400);
    assert.match(change.body.badRequest.message, /contain instances in this zone/);
    assert.equal((await setMetadata(admin, north, { availability_zone: null })).status, 400);
    assert.equal((await removeHost(admin, north, 'h1')).status, 409);
    assert.equal((await setMetadata(admin, north, { ssd: 'true' })).status, 200);
    await cloud.demo.delete(`/v2.1/servers/${server}`);
    await cloud.cloud.services.operations.whenIdle();
    assert.equal((await admin.put(`${path}/${north}`, other)).status, 200);
  });
});

test('images are asked to be at hand since 2.81', async () => {
  await using cloud = await startTestCloud();
  const { admin } = cloud;
  const id = await make(admin, 'a');
  const image = { id: await makeImage(admin) };
  const ask = (cache: object[], version = '2.81') =>
    admin.post(`${path}/${id}/images`, { cache }, at(version));
  assert.equal((await ask([image])).status, 202);
  assert.equal((await ask([image], '2.80')).status, 404);
  assert.equal((await ask([image, image])).status, 400);
  assert.equal((await ask([])).status, 400);
  assert.equal((await ask([{ id: 'x' }])).status, 400);
  assert.equal((await ask([{ id: '9c53a566-cb34-43ab-910c-f0daebca90c4' }])).status, 400);
  const absent = await admin.post(`${path}/9/images`, { cache: [image] }, at('2.81'));
  assert.equal(absent.status, 404);
});

test('images are fetched to the hosts of the aggregate, and to no others', async () => {
  const hosts = [{ name: 'one' }, { name: 'two' }, { name: 'three' }];
  await using cloud = await startTestCloud({ hosts, areApart: true });
  const { admin } = cloud;
  const id = await make(admin, 'a');
  for (const host of ['one', 'three']) {
    await admin.post(`${path}/${id}/action`, { add_host: { host } });
  }
  const image = { id: await makeImage(admin) };
  const storageOf = (host: string) => cloud.hosts.machines.get(host)?.storage;
  // A host that fails keeps no other from fetching.
  storageOf('one')?.failNext('writeImage');
  const body = { cache: [image] };
  assert.equal((await admin.post(`${path}/${id}/images`, body, at('2.81'))).status, 202);
  await cloud.cloud.services.operations.whenIdle();
  const withImage = hosts.filter(({ name }) => storageOf(name)?.images.has(image.id));
  assert.deepEqual(withImage, [{ name: 'three' }]);
});

test('aggregates are for administrators', async () => {
  await using cloud = await startTestCloud();
  const id = await make(cloud.admin, 'a');
  const reader = await cloud.userOf('demo', 'reader');
  for (const client of [cloud.demo, reader]) {
    assert.equal((await client.get(path)).status, 403);
    assert.equal((await client.get(`${path}/${id}`)).status, 403);
    assert.equal((await client.post(path, { aggregate: { name: 'x' } })).status, 403);
    assert.equal((await client.delete(`${path}/${id}`)).status, 403);
    assert.equal((await addHost(client, id, 'h1')).status, 403);
  }
  assert.equal((await cloud.nobody.get(path)).status, 401);
});
