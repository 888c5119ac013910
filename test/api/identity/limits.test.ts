import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type IdentityCloud, made, startIdentity } from './identity-cloud.ts';

async function computeId(cloud: IdentityCloud): Promise<string> {
  return (await cloud.admin.get('/v3/services?type=compute')).body.services[0].id;
}

async function register(cloud: IdentityCloud, members: object) {
  const limit = { service_id: await computeId(cloud), resource_name: 'cores', default_limit: 10 };
  return cloud.admin.post('/v3/registered_limits', {
    registered_limits: [{ ...limit, ...members }],
  });
}

async function limit(cloud: IdentityCloud, members: object) {
  const wanted = { service_id: await computeId(cloud), resource_name: 'cores', resource_limit: 5 };
  return cloud.admin.post('/v3/limits', { limits: [{ ...wanted, ...members }] });
}

test('a resource is registered once in each region', async () => {
  await using cloud = await startIdentity();
  const first = await register(cloud, { description: 'd' });
  assert.equal(first.status, 201);
  assert.equal((await register(cloud, {})).status, 409);
  assert.equal((await register(cloud, { region_id: 'RegionOne' })).status, 201);
  assert.equal((await register(cloud, { region_id: 'none' })).status, 400);
  assert.equal((await register(cloud, { service_id: 'none' })).status, 400);
  assert.equal((await register(cloud, { default_limit: -2 })).status, 400);
  const listed = await cloud.demo.get('/v3/registered_limits?region_id=RegionOne');
  assert.equal(listed.body.registered_limits.length, 1);
  const [{ id }] = first.body.registered_limits;
  const path = `/v3/registered_limits/${id}`;
  assert.deepEqual((await cloud.demo.get(path)).body.registered_limit.description, 'd');
  const change = { registered_limit: { default_limit: 20, region_id: 'RegionOne' } };
  assert.equal((await cloud.admin.patch(path, change)).status, 409);
  const number = { registered_limit: { default_limit: 20 } };
  assert.equal((await cloud.admin.patch(path, number)).body.registered_limit.default_limit, 20);
});

test('of several limits in one request all are recorded or none', async () => {
  await using cloud = await startIdentity();
  const service = await computeId(cloud);
  const one = { service_id: service, resource_name: 'ram', default_limit: 1 };
  const both = { registered_limits: [one, one] };
  assert.equal((await cloud.admin.post('/v3/registered_limits', both)).status, 409);
  assert.deepEqual((await cloud.admin.get('/v3/registered_limits')).body.registered_limits, []);
});

test('a limit needs a registered one, and keeps it', async () => {
  await using cloud = await startIdentity();
  const ofDemo = { project_id: cloud.demoProjectId };
  assert.equal((await limit(cloud, ofDemo)).status, 403);
  const registered = (await register(cloud, {})).body.registered_limits[0].id;
  assert.equal((await limit(cloud, {})).status, 400);
  assert.equal((await limit(cloud, { project_id: 'none' })).status, 400);
  assert.equal((await limit(cloud, { ...ofDemo, domain_id: 'default' })).status, 400);
  const created = await limit(cloud, ofDemo);
  assert.equal(created.status, 201);
  assert.equal((await limit(cloud, ofDemo)).status, 409);
  assert.equal((await limit(cloud, { domain_id: 'default' })).status, 201);
  const path = `/v3/registered_limits/${registered}`;
  assert.equal((await cloud.admin.delete(path)).status, 403);
  const renamed = { registered_limit: { resource_name: 'vcpus' } };
  assert.equal((await cloud.admin.patch(path, renamed)).status, 403);
  const own = `/v3/limits/${created.body.limits[0].id}`;
  const changed = await cloud.admin.patch(own, { limit: { resource_limit: 7 } });
  assert.equal(changed.body.limit.resource_limit, 7);
  assert.equal((await cloud.admin.patch(own, { limit: { project_id: 'x' } })).status, 400);
  assert.equal((await cloud.admin.delete(own)).status, 204);
  assert.equal((await cloud.admin.get(own)).status, 404);
});

test('one sees the limits of one’s project and domain and no others', async () => {
  await using cloud = await startIdentity();
  await register(cloud, {});
  const other = await made(cloud.admin, 'projects', { name: 'other' });
  const foreign = (await limit(cloud, { project_id: other })).body.limits[0].id;
  await limit(cloud, { project_id: cloud.demoProjectId });
  const listed = (await cloud.demo.get('/v3/limits')).body.limits;
  assert.deepEqual(
    listed.map((one: { project_id: string }) => one.project_id),
    [cloud.demoProjectId],
  );
  assert.equal((await cloud.demo.get(`/v3/limits/${foreign}`)).status, 404);
  assert.equal((await cloud.demo.get(`/v3/limits/${listed[0].id}`)).status, 200);
  assert.equal((await cloud.admin.get(`/v3/limits?project_id=${other}`)).body.limits.length, 1);
  assert.equal((await cloud.demo.get('/v3/limits/model')).body.model.name, 'flat');
  await cloud.admin.delete(`/v3/projects/${other}`);
  assert.equal((await cloud.admin.get('/v3/limits')).body.limits.length, 1);
});
