import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '#test/client.ts';
import { type IdentityCloud, made, startIdentity } from './identity-cloud.ts';

async function catalogOf(client: Client) {
  return (await client.get('/v3/auth/catalog')).body.catalog;
}

async function newService(cloud: IdentityCloud, members = {}): Promise<string> {
  return made(cloud.admin, 'services', { type: 'object-store', name: 'swift', ...members });
}

test('what an administrator adds is in the catalogs of tokens while it is enabled', async () => {
  await using cloud = await startIdentity();
  await made(cloud.admin, 'regions', { id: 'far', description: 'Far away' });
  const service = await newService(cloud, { owner: 'ops' });
  const url = 'http://swift.example/v1/AUTH_$(project_id)s/%(user_id)s';
  const wanted = { service_id: service, interface: 'public', region_id: 'far', url };
  const endpoint = await made(cloud.admin, 'endpoints', wanted);
  const listed = async () =>
    (await catalogOf(cloud.demo)).find((one: { id: string }) => one.id === service);
  assert.deepEqual(await listed(), {
    id: service,
    type: 'object-store',
    name: 'swift',
    endpoints: [
      {
        id: endpoint,
        interface: 'public',
        region: 'far',
        region_id: 'far',
        url: `http://swift.example/v1/AUTH_${cloud.demoProjectId}/${cloud.demo.userId}`,
      },
    ],
  });
  const shown = (await cloud.admin.get(`/v3/endpoints/${endpoint}`)).body.endpoint;
  assert.deepEqual([shown.url, shown.service_id, shown.enabled], [url, service, true]);
  assert.equal((await cloud.admin.get(`/v3/services/${service}`)).body.service.owner, 'ops');
  await cloud.admin.patch(`/v3/endpoints/${endpoint}`, { endpoint: { enabled: false } });
  assert.deepEqual((await listed()).endpoints, []);
  await cloud.admin.patch(`/v3/services/${service}`, { service: { enabled: false } });
  assert.equal(await listed(), undefined);
});

test('what the cloud serves itself can be neither changed nor deleted, only added to', async () => {
  await using cloud = await startIdentity();
  const services = (await cloud.admin.get('/v3/services?type=compute')).body.services;
  const query = `service_id=${services[0].id}&interface=public`;
  const { endpoints } = (await cloud.admin.get(`/v3/endpoints?${query}`)).body;
  const parts = [
    ['regions/RegionOne', { region: { description: 'x' } }],
    [`services/${services[0].id}`, { service: { enabled: false } }],
    [`endpoints/${endpoints[0].id}`, { endpoint: { url: 'http://elsewhere' } }],
  ] as const;
  for (const [path, change] of parts) {
    assert.equal((await cloud.admin.patch(`/v3/${path}`, change)).status, 403, path);
    assert.equal((await cloud.admin.delete(`/v3/${path}`)).status, 403, path);
  }
  const more = { service_id: services[0].id, interface: 'public', url: 'http://proxy.example' };
  await made(cloud.admin, 'endpoints', { ...more, region: 'RegionOne' });
  const [compute] = (await catalogOf(cloud.demo)).filter(
    (one: { type: string }) => one.type === 'compute',
  );
  assert.equal(compute.endpoints.length, 4);
});

test('regions form trees; one that is used stays, and its children go with it', async () => {
  await using cloud = await startIdentity();
  const created = await cloud.admin.put('/v3/regions/north', { region: { description: 'n' } });
  assert.equal(created.status, 201);
  assert.equal((await cloud.admin.put('/v3/regions/north', { region: {} })).status, 409);
  assert.equal((await cloud.admin.put('/v3/regions/x', { region: { id: 'y' } })).status, 400);
  await made(cloud.admin, 'regions', { id: 'north-1', parent_region_id: 'north' });
  const orphan = { region: { parent_region_id: 'nowhere' } };
  assert.equal((await cloud.admin.post('/v3/regions', orphan)).status, 404);
  const circle = { region: { parent_region_id: 'north-1' } };
  assert.equal((await cloud.admin.patch('/v3/regions/north', circle)).status, 400);
  const below = await cloud.demo.get('/v3/regions?parent_region_id=north');
  assert.deepEqual(
    below.body.regions.map((one: { id: string }) => one.id),
    ['north-1'],
  );
  const service = await newService(cloud);
  const url = 'http://swift.example';
  const wanted = { service_id: service, interface: 'admin', region: 'north-1', url };
  const endpoint = await made(cloud.admin, 'endpoints', wanted);
  assert.equal((await cloud.admin.delete('/v3/regions/north')).status, 403);
  await cloud.admin.delete(`/v3/endpoints/${endpoint}`);
  assert.equal((await cloud.admin.delete('/v3/regions/north')).status, 204);
  assert.equal((await cloud.admin.get('/v3/regions/north-1')).status, 404);
});

test('an address refers to a service and a region that are there', async () => {
  await using cloud = await startIdentity();
  const service = await newService(cloud);
  const wanted = { service_id: service, interface: 'public', url: 'http://swift.example' };
  const status = async (change: object) =>
    (await cloud.admin.post('/v3/endpoints', { endpoint: { ...wanted, ...change } })).status;
  assert.equal(await status({ service_id: 'none' }), 400);
  assert.equal(await status({ region_id: 'none' }), 400);
  assert.equal(await status({ interface: 'secret' }), 400);
  assert.equal(await status({ url: 'http://x/$(password)s' }), 400);
  assert.equal(await status({ region: 'made-by-name' }), 201);
  assert.equal((await cloud.demo.get('/v3/regions/made-by-name')).status, 200);
  assert.equal((await cloud.admin.delete(`/v3/services/${service}`)).status, 204);
  const left = await cloud.admin.get(`/v3/endpoints?service_id=${service}`);
  assert.deepEqual(left.body.endpoints, []);
});

test('only administrators change the catalog; policy texts come back as they were', async () => {
  await using cloud = await startIdentity();
  for (const [path, body] of [
    ['regions', { region: {} }],
    ['services', { service: { type: 'x' } }],
    ['endpoints', { endpoint: { service_id: 'x', interface: 'public', url: 'x' } }],
    ['policies', { policy: { type: 'x', blob: 'y' } }],
    ['limits', { limits: [{ service_id: 'x', resource_name: 'y', resource_limit: 1 }] }],
    ['registered_limits', { registered_limits: [] }],
  ] as const) {
    assert.equal((await cloud.demo.post(`/v3/${path}`, body)).status, 403, path);
  }
  const blob = { foobar_user: ['role:compute-user'] };
  const text = { type: 'application/json', blob, note: 'mine' };
  const { policy } = (await cloud.admin.post('/v3/policies', { policy: text })).body;
  assert.deepEqual([policy.blob, policy.note], [blob, 'mine']);
  const path = `/v3/policies/${policy.id}`;
  await cloud.admin.patch(path, { policy: { blob: 'text' } });
  const listed = await cloud.admin.get('/v3/policies?type=application/json');
  assert.equal(listed.body.policies[0].blob, 'text');
  assert.equal((await cloud.admin.delete(path)).status, 204);
  assert.equal((await cloud.admin.get(path)).status, 404);
});
